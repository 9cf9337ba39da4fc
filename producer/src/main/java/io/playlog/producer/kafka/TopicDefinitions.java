package io.playlog.producer.kafka;

import io.playlog.config.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** How topics are created. */
final class TopicDefinitions {
  private TopicDefinitions() {}

  static NewTopic listens(KafkaSettings settings) {
    return topic(settings, settings.topic(), settings.retention(), Map.of());
  }

  /**
   * @param maxMessageBytes the topic's of the listens: a dead letter is its message and some
   *     headers, so twice as much always has room
   */
  static NewTopic deadLetters(KafkaSettings settings, int maxMessageBytes) {
    int larger = (int) Math.min(2L * maxMessageBytes, Integer.MAX_VALUE);
    return topic(
        settings,
        settings.deadLetterTopic(),
        settings.deadLetterRetention(),
        Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(larger)));
  }

  private static NewTopic topic(
      KafkaSettings settings, String name, Duration retention, Map<String, String> more) {
    Map<String, String> configs = new HashMap<>(more);
    configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    configs.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
    // By the producer's timestamps Kafka would delete back-dated listens before they are read.
    configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    return new NewTopic(name, settings.partitions(), settings.replicationFactor()).configs(configs);
  }
}
