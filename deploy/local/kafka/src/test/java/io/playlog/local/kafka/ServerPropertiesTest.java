package io.playlog.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.config.LocalSettings;
import io.playlog.config.PlaylogConfig;
import io.playlog.config.SecurityFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerPropertiesTest {
  @TempDir private Path temporary;
  private Properties properties;

  @BeforeEach
  void makeThoseOfASingleOne() throws IOException {
    properties = ServerProperties.of(settings(1), 1);
  }

  @Test
  void listensOnTheGivenPortsOfLoopbackOnly() {
    assertThat(properties)
        .containsEntry("listeners", "PLAINTEXT://127.0.0.1:19092,CONTROLLER://127.0.0.1:19093")
        .containsEntry("advertised.listeners", "PLAINTEXT://127.0.0.1:19092")
        .containsEntry("controller.quorum.voters", "1@127.0.0.1:19093");
  }

  @Test
  void keepsItsDataUnderTheLocalFolder() {
    assertThat(properties).containsEntry("log.dirs", "/music/var/kafka/data");
  }

  @Test
  void aSingleOneHasOneCopyOfAll() {
    assertThat(properties)
        .containsEntry("node.id", "1")
        .containsEntry("min.insync.replicas", "1")
        .containsEntry("default.replication.factor", "1")
        .containsEntry("offsets.topic.replication.factor", "1");
  }

  @Test
  void oneOfThreeVotesWithTheOthersAndKeepsCopiesWithThem() throws IOException {
    Properties second = ServerProperties.of(settings(3), 2);

    assertThat(second)
        .containsEntry("node.id", "2")
        .containsEntry("listeners", "PLAINTEXT://127.0.0.2:19092,CONTROLLER://127.0.0.2:19093")
        .containsEntry("advertised.listeners", "PLAINTEXT://127.0.0.2:19092")
        .containsEntry(
            "controller.quorum.voters", "1@127.0.0.1:19093,2@127.0.0.2:19093,3@127.0.0.3:19093")
        .containsEntry("log.dirs", "/music/var/kafka-2/data")
        .containsEntry("default.replication.factor", "3")
        .containsEntry("offsets.topic.replication.factor", "3")
        .containsEntry("transaction.state.log.replication.factor", "3")
        .containsEntry("share.coordinator.state.topic.replication.factor", "3")
        .containsEntry("min.insync.replicas", "2")
        .containsEntry("transaction.state.log.min.isr", "2")
        .containsEntry("share.coordinator.state.topic.min.isr", "2");
    assertThat(new KafkaConfig(second, false).quorumConfig().voters()).hasSize(3);
  }

  @Test
  void isAConfigurationThatKafkaAcceptsAndKnowsEveryKeyOf() {
    KafkaConfig config = new KafkaConfig(properties, false);

    assertThat(properties.stringPropertyNames())
        .allMatch(key -> KafkaConfig.configNames().contains(key));
    assertThat(config.autoCreateTopicsEnable()).isFalse();
    assertThat(config.logMessageTimestampType().name).isEqualTo("LogAppendTime");
  }

  @Test
  void securedItTakesTlsAndLoginsOnly() {
    SecurityFolder.write(temporary.resolve("stores.password"), "secret\n");
    SecurityFolder security = new SecurityFolder(temporary);
    ServerProperties.secured(properties, security);

    assertThat(properties)
        .containsEntry("listeners", "SASL_SSL://127.0.0.1:19092,CONTROLLER://127.0.0.1:19093")
        .containsEntry("advertised.listeners", "SASL_SSL://127.0.0.1:19092")
        .containsEntry("inter.broker.listener.name", "SASL_SSL")
        .containsEntry("super.users", "User:playlog_admin;User:playlog_broker;User:CN=kafka")
        .containsEntry("ssl.keystore.password", "secret");
    assertThat(properties.toString()).doesNotContain("PLAINTEXT");
    assertThat(ServerProperties.firstUsers(security))
        .contains("SCRAM-SHA-512=[name=playlog_admin,password=" + security.password("admin") + "]")
        .hasSize(4);
    assertThat(new KafkaConfig(properties, false).interBrokerListenerName().value())
        .isEqualTo("SASL_SSL");
  }

  private LocalSettings settings(int nodes) throws IOException {
    String local =
        "playlog.local { nodes = %d, dir = /music/var, kafka-port = 19092, kafka-controller-port = 19093 }"
            .formatted(nodes);
    Path file = Files.writeString(temporary.resolve("application.conf"), local);
    return PlaylogConfig.load(file).local();
  }
}
