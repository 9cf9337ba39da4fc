package io.playlog.local.kafka;

import io.playlog.config.LocalSettings;
import io.playlog.config.Role;
import io.playlog.config.SecurityFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

  private static final String SCRAM = "SCRAM-SHA-512";
  private static final String BROKER = "playlog_broker";

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

  /**
   * Adds TLS, logins and rights. Clients and brokers log in by name; controllers show each other
   * the brokers' certificate, since the names are in what they keep.
   */
  static Properties secured(Properties properties, SecurityFolder folder) {
    String login = "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config";
    properties.stringPropertyNames().stream()
        .filter(key -> key.endsWith("listeners") || key.equals("inter.broker.listener.name"))
        .forEach(
            key ->
                properties.setProperty(
                    key, properties.getProperty(key).replace("PLAINTEXT", "SASL_SSL")));
    properties.setProperty("listener.security.protocol.map", "SASL_SSL:SASL_SSL,CONTROLLER:SSL");
    properties.setProperty("listener.name.controller.ssl.client.auth", "required");
    properties.setProperty("sasl.enabled.mechanisms", SCRAM);
    properties.setProperty("sasl.mechanism.inter.broker.protocol", SCRAM);
    properties.setProperty(
        login, SecurityFolder.scramLogin(BROKER, folder.passwordOrNew(SecurityFolder.BROKER)));
    properties.setProperty("ssl.keystore.type", "PKCS12");
    properties.setProperty("ssl.keystore.location", folder.file("kafka.p12").toString());
    properties.setProperty("ssl.keystore.password", folder.password("stores"));
    properties.setProperty("ssl.truststore.type", "PEM");
    properties.setProperty("ssl.truststore.location", folder.file("ca.pem").toString());
    properties.setProperty(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    properties.setProperty(
        "super.users", "User:%s;User:%s;User:CN=kafka".formatted(Role.ADMIN.user(), BROKER));
    return properties;
  }

  /** The users that there must be before anybody can make others, for Kafka's storage tool. */
  static List<String> firstUsers(SecurityFolder folder) {
    Map<String, String> users =
        Map.of(BROKER, SecurityFolder.BROKER, Role.ADMIN.user(), Role.ADMIN.id());
    return users.entrySet().stream()
        .flatMap(
            user ->
                Stream.of(
                    "--add-scram",
                    "%s=[name=%s,password=%s]"
                        .formatted(SCRAM, user.getKey(), folder.passwordOrNew(user.getValue()))))
        .toList();
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
