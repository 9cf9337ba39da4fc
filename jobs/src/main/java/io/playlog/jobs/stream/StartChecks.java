package io.playlog.jobs.stream;

import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.jobs.cassandra.CassandraSession;
import io.playlog.jobs.kafka.SourceTopic;
import io.playlog.jobs.progress.Counts;
import io.playlog.jobs.progress.PartitionProgress;
import io.playlog.jobs.progress.StreamProgress;
import io.playlog.jobs.schema.Schema;
import java.util.Map;

/** Checks what the stream needs, before Spark is started, which takes longer. */
final class StartChecks {
  private StartChecks() {}

  /**
   * @throws io.playlog.jobs.JobException if a topic or the schema is not as it must be
   */
  static void run(Cassandra cassandra, PlaylogConfig config) {
    try (SourceTopic topic = new SourceTopic(config.kafka());
        SourceTopic deadLetters =
            new SourceTopic(config.kafka(), config.kafka().deadLetterTopic());
        CassandraSession session = cassandra.open()) {
      topic.check();
      deadLetters.check();
      Schema.check(session);
      beginProgress(
          new StreamProgress(session, config.kafka().topic(), topic.id()), topic.firstOffsets());
    }
  }

  /** A partition without a row counts as not caught up, also if it never got a message. */
  private static void beginProgress(StreamProgress progress, Map<Integer, Long> firstOffsets) {
    Map<Integer, PartitionProgress> known = progress.read();
    firstOffsets.forEach(
        (partition, offset) -> {
          if (!known.containsKey(partition)) {
            progress.write(new PartitionProgress(partition, offset, Counts.NONE));
          }
        });
  }
}
