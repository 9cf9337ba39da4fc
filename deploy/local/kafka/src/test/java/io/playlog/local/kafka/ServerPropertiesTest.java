package io.playlog.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.config.LocalSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import kafka.server.KafkaConfig;
import org.junit.jupiter.api.Test;

class ServerPropertiesTest {
  private static final LocalSettings SETTINGS =
      new LocalSettings(
          Path.of("/music/var"),
          19092,
          19093,
          18092,
          "512m",
          19042,
          17000,
          18093,
          "1200m",
          18080,
          Duration.ZERO);

  private final Properties properties = ServerProperties.of(SETTINGS);

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
  void isAConfigurationThatKafkaAcceptsAndKnowsEveryKeyOf() {
    KafkaConfig config = new KafkaConfig(properties, false);

    assertThat(properties.stringPropertyNames())
        .allMatch(key -> KafkaConfig.configNames().contains(key));
    assertThat(config.autoCreateTopicsEnable()).isFalse();
    assertThat(config.logMessageTimestampType().name).isEqualTo("LogAppendTime");
  }
}
