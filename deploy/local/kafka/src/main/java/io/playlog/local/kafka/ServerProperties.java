package io.playlog.local.kafka;

import io.playlog.config.LocalSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The broker's configuration: the defaults beside this class, with what makes a member of it. */
final class ServerProperties {
  private static final List<String> COPIES =
      List.of(
          "default.replication.factor",
          "offsets.topic.replication.factor",
          "transaction.state.log.replication.factor",
          "share.coordinator.state.topic.replication.factor");
  private static final List<String> LEAST_COPIES =
      List.of(
          "min.insync.replicas",
          "transaction.state.log.min.isr",
          "share.coordinator.state.topic.min.isr");

  private ServerProperties() {}

  /**
   * @param member from 1 to the number of brokers; also its id
   */
  static Properties of(LocalSettings settings, int member) {
    Properties properties = defaults();
    String broker = LocalSettings.host(member) + ":" + settings.kafkaPort();
    String controller = LocalSettings.host(member) + ":" + settings.kafkaControllerPort();
    properties.setProperty("node.id", Integer.toString(member));
    properties.setProperty("listeners", "PLAINTEXT://" + broker + ",CONTROLLER://" + controller);
    properties.setProperty("advertised.listeners", "PLAINTEXT://" + broker);
    // A list of voters, rather than a quorum that remembers its addresses, lets the port change.
    properties.setProperty(
        "controller.quorum.voters",
        IntStream.rangeClosed(1, settings.nodes())
            .mapToObj(
                id -> id + "@" + LocalSettings.host(id) + ":" + settings.kafkaControllerPort())
            .collect(Collectors.joining(",")));
    properties.setProperty("log.dirs", dataDir(settings, member).toString());
    COPIES.forEach(key -> properties.setProperty(key, Integer.toString(settings.nodes())));
    // What is acknowledged outlives any one member.
    int majority = settings.nodes() / 2 + 1;
    LEAST_COPIES.forEach(key -> properties.setProperty(key, Integer.toString(majority)));
    return properties;
  }

  static Path dir(LocalSettings settings, int member) {
    return settings.dir("kafka", member);
  }

  static Path dataDir(LocalSettings settings, int member) {
    return dir(settings, member).resolve("data");
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
