package io.playlog.jobs.forget;

import io.playlog.config.KafkaSettings;
import io.playlog.kafka.Topic;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Says what is left of a listener where nothing is erased, and until when. */
final class Rest {
  private Rest() {}

  /**
   * @param topic of the listens
   */
  static List<String> lines(KafkaSettings kafka, Topic topic) {
    try (Topic deadLetters = Topic.ofDeadLetters(kafka)) {
      return List.of(
          line(topic, "messages"),
          line(deadLetters, "invalid messages, which may name the listener"),
          "still in backups and snapshots of Cassandra, and on its disks until gc_grace_seconds are over and tables are compacted");
    }
  }

  private static String line(Topic topic, String what) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String until =
        topic
            .retention()
            .map(
                retention ->
                    topic.isStampedByBroker()
                        ? "Kafka deletes them after retention.ms, from %s on and by %s at the latest"
                            .formatted(now.plus(retention.soonest()), now.plus(retention.latest()))
                        : "Kafka deletes them %s after their own timestamps (retention.ms)"
                            .formatted(retention.soonest()))
            .orElse("for ever, since retention.ms is -1");
    return "still in topic %s (%s): %s".formatted(topic.name(), what, until);
  }
}
