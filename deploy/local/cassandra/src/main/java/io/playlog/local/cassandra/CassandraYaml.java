package io.playlog.local.cassandra;

import io.playlog.config.LocalSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The server's configuration: the template beside this class, with what makes a member of it. */
final class CassandraYaml {
  private CassandraYaml() {}

  /**
   * @param member from 1 to the number of nodes
   */
  static String of(LocalSettings settings, int member) {
    return template()
        .replace("@HOST@", LocalSettings.host(member))
        .replace("@TOKEN@", token(settings.nodes(), member))
        // All of them, so that one that starts again finds any that runs.
        .replace("@SEEDS@", settings.addresses(settings.cassandraStoragePort()))
        .replace("@HINTS@", Boolean.toString(settings.nodes() > 1))
        .replace("@NATIVE_PORT@", Integer.toString(settings.cassandraPort()))
        .replace("@STORAGE_PORT@", Integer.toString(settings.cassandraStoragePort()))
        .replace("@DIR@", dir(settings, member).toString().replace("'", "''"));
  }

  static Path dir(LocalSettings settings, int member) {
    return settings.dir("cassandra", member);
  }

  /** Members own equal parts of the ring, which has 2^64 tokens; a single one has the token 0. */
  private static String token(int nodes, int member) {
    BigInteger part = BigInteger.ONE.shiftLeft(Long.SIZE).divide(BigInteger.valueOf(nodes));
    return Long.toString(part.multiply(BigInteger.valueOf(member - 1L)).longValue());
  }

  private static String template() {
    try (InputStream in = CassandraYaml.class.getResourceAsStream("/cassandra-template.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
