package io.playlog.local.cassandra;

import io.playlog.config.LocalSettings;
import io.playlog.config.SecurityFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** The server's configuration: the template beside this class, with what makes a member of it. */
final class CassandraYaml {
  private static final String OPEN =
      """
      authenticator: AllowAllAuthenticator
      authorizer: AllowAllAuthorizer
      """;

  private CassandraYaml() {}

  /**
   * @param member from 1 to the number of nodes
   * @param security empty for a server that everybody may use
   */
  static String of(LocalSettings settings, int member, Optional<SecurityFolder> security) {
    return resource("/cassandra-template.yaml")
        .replace("@HOST@", LocalSettings.host(member))
        .replace("@TOKEN@", token(settings.nodes(), member))
        // All of them, so that one that starts again finds any that runs.
        .replace("@SEEDS@", settings.addresses(settings.cassandraStoragePort()))
        .replace("@HINTS@", Boolean.toString(settings.nodes() > 1))
        .replace("@NATIVE_PORT@", Integer.toString(settings.cassandraPort()))
        .replace("@STORAGE_PORT@", Integer.toString(settings.cassandraStoragePort()))
        .replace("@SECURITY@", security.map(CassandraYaml::secured).orElse(OPEN).strip())
        .replace("@DIR@", quoted(dir(settings, member)));
  }

  /** TLS, logins and rights. */
  private static String secured(SecurityFolder folder) {
    return resource("/cassandra-security.yaml")
        .replace("@FOLDER@", quoted(folder.path()))
        .replace("@STORE_PASSWORD@", folder.password("stores").replace("'", "''"));
  }

  private static String quoted(Path path) {
    return path.toString().replace("'", "''");
  }

  static Path dir(LocalSettings settings, int member) {
    return settings.dir("cassandra", member);
  }

  /** Members own equal parts of the ring, which has 2^64 tokens; a single one has the token 0. */
  private static String token(int nodes, int member) {
    BigInteger part = BigInteger.ONE.shiftLeft(Long.SIZE).divide(BigInteger.valueOf(nodes));
    return Long.toString(part.multiply(BigInteger.valueOf(member - 1L)).longValue());
  }

  private static String resource(String name) {
    try (InputStream in = CassandraYaml.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
