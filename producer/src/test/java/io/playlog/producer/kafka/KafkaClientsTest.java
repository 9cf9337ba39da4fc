package io.playlog.producer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaClientsTest {
  @Test
  void passesPropertiesOn() {
    assertThat(properties(Map.of("security.protocol", "SSL", "linger.ms", "5")))
        .containsEntry("security.protocol", "SSL")
        .containsEntry("linger.ms", "5")
        .containsEntry("bootstrap.servers", "127.0.0.1:29092")
        .containsEntry("compression.type", "lz4");
  }

  @Test
  void neverWeakensTheDelivery() {
    assertThat(properties(Map.of("acks", "0", "enable.idempotence", "false")))
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", true);
  }

  @Test
  void saysWhatTheClientRefuses() {
    assertThatThrownBy(
            () ->
                KafkaClients.producer(
                    SomeSettings.kafka(Map.of("security.protocol", "carrier-pigeon")), "lz4"))
        .isInstanceOf(KafkaNotReadyException.class)
        .hasMessageStartingWith("Kafka's client refuses the settings under playlog.kafka: ")
        .hasMessageContaining("security.protocol");
  }

  private static Map<String, Object> properties(Map<String, String> passed) {
    return KafkaClients.producerProperties(SomeSettings.kafka(passed), "lz4");
  }
}
