package io.playlog.local.cassandra;

import io.playlog.config.LocalSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The server's configuration: the template beside this class, with the ports and folders given. */
final class CassandraYaml {
  private CassandraYaml() {}

  static String of(LocalSettings settings) {
    return template()
        .replace("@NATIVE_PORT@", Integer.toString(settings.cassandraPort()))
        .replace("@STORAGE_PORT@", Integer.toString(settings.cassandraStoragePort()))
        .replace("@DIR@", dir(settings).toString().replace("'", "''"));
  }

  static Path dir(LocalSettings settings) {
    return settings.dir().resolve("cassandra");
  }

  private static String template() {
    try (InputStream in = CassandraYaml.class.getResourceAsStream("/cassandra-template.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
