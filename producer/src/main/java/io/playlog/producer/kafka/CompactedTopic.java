package io.playlog.producer.kafka;

import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.TopicConfig;

/** A compacted topic keeps one message per key: one listen per listener, or one dead letter. */
final class CompactedTopic {
  private CompactedTopic() {}

  static void refuse(String topic, Config configuration) {
    String policy = configuration.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
    if (policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      throw new KafkaNotReadyException(
          "topic %s has cleanup.policy=%s: compaction deletes messages of the same key, that is of the same listener. Set its cleanup.policy to delete, or configure another topic"
              .formatted(topic, policy),
          null);
    }
  }
}
