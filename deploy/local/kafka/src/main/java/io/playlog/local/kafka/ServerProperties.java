package io.playlog.local.kafka;

import io.playlog.config.LocalSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;

/** The broker's configuration: the defaults beside this class, with the ports and folders given. */
final class ServerProperties {
  private ServerProperties() {}

  static Properties of(LocalSettings settings) {
    Properties properties = defaults();
    String broker = "127.0.0.1:" + settings.kafkaPort();
    String controller = "127.0.0.1:" + settings.kafkaControllerPort();
    properties.setProperty("listeners", "PLAINTEXT://" + broker + ",CONTROLLER://" + controller);
    properties.setProperty("advertised.listeners", "PLAINTEXT://" + broker);
    // A list of voters, rather than a quorum that remembers its addresses, lets the port change.
    properties.setProperty(
        "controller.quorum.voters", properties.getProperty("node.id") + "@" + controller);
    properties.setProperty("log.dirs", dataDir(settings).toString());
    return properties;
  }

  static Path dir(LocalSettings settings) {
    return settings.dir().resolve("kafka");
  }

  static Path dataDir(LocalSettings settings) {
    return dir(settings).resolve("data");
  }

  private static Properties defaults() {
    Properties defaults = new Properties();
    try (InputStream in =
        ServerProperties.class.getResourceAsStream("/server-defaults.properties")) {
      defaults.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return defaults;
  }
}
