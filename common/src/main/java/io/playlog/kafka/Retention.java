package io.playlog.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.TopicConfig;

/**
 * How long after it came a message is deleted from a topic.
 *
 * @param soonest unless the topic is bounded by its size too
 * @param latest messages are deleted with the others of their segment
 */
public record Retention(Duration soonest, Duration latest) {

  /**
   * @param settings of a topic
   * @return empty if messages stay for ever
   */
  static Optional<Retention> of(Map<String, String> settings) {
    long retention = Long.parseLong(settings.get(TopicConfig.RETENTION_MS_CONFIG));
    long segment = Long.parseLong(settings.get(TopicConfig.SEGMENT_MS_CONFIG));
    Duration soonest = Duration.ofMillis(retention);
    return retention < 0
        ? Optional.empty()
        : Optional.of(new Retention(soonest, soonest.plusMillis(segment)));
  }
}
