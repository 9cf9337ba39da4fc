package io.playlog.producer.kafka;

import io.playlog.config.KafkaSettings;
import java.time.Duration;
import java.util.Map;

final class SomeSettings {
  private SomeSettings() {}

  static KafkaSettings kafka(Map<String, String> properties) {
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
}
