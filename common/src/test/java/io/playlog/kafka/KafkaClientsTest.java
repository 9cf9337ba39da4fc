package io.playlog.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playlog.config.KafkaSettings;
import io.playlog.error.PlaylogException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaClientsTest {
  private static KafkaSettings settings(Map<String, String> properties) {
    return new KafkaSettings(
        "127.0.0.1:29092",
        "listens",
        "listens.dead",
        4,
        (short) 1,
        Duration.ofDays(7),
        Duration.ofDays(30),
        properties);
  }

  private static Map<String, Object> producer(Map<String, String> passed) {
    return KafkaClients.producerProperties(settings(passed), "lz4");
  }

  @Test
  void passesPropertiesOn() {
    assertThat(producer(Map.of("security.protocol", "SSL", "linger.ms", "5")))
        .containsEntry("security.protocol", "SSL")
        .containsEntry("linger.ms", "5")
        .containsEntry("bootstrap.servers", "127.0.0.1:29092")
        .containsEntry("compression.type", "lz4");
    assertThat(KafkaClients.sparkOptions(settings(Map.of("security.protocol", "SSL"))))
        .isEqualTo(
            Map.of("kafka.security.protocol", "SSL", "kafka.bootstrap.servers", "127.0.0.1:29092"));
  }

  @Test
  void neverWeakensTheDelivery() {
    assertThat(producer(Map.of("acks", "0", "enable.idempotence", "false")))
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", true);
  }

  /**
   * Kafka refuses a request timeout that is longer than the whole, so ours must not join theirs.
   */
  @Test
  void anOperatorsTimeoutsCountForTheAdminClientAsTheyAre() {
    assertThat(KafkaClients.adminProperties(settings(Map.of()), Duration.ofSeconds(10)))
        .containsEntry("default.api.timeout.ms", 10_000)
        .containsEntry("request.timeout.ms", 10_000);
    assertThat(
            KafkaClients.adminProperties(
                settings(Map.of("request.timeout.ms", "60000")), Duration.ofSeconds(10)))
        .containsEntry("request.timeout.ms", "60000")
        .doesNotContainKey("default.api.timeout.ms");
    KafkaClients.admin(settings(Map.of("request.timeout.ms", "60000")), Duration.ofSeconds(10))
        .close(Duration.ZERO);
  }

  @Test
  void saysWhatTheClientRefuses() {
    assertThatThrownBy(
            () ->
                KafkaClients.producer(
                    settings(Map.of("security.protocol", "carrier-pigeon")), "lz4"))
        .isInstanceOf(PlaylogException.class)
        .hasMessageStartingWith("Kafka's client refuses the settings under playlog.kafka: ")
        .hasMessageContaining("security.protocol");
  }
}
