package io.playlog.jobs.audit;

import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.ExitCode;
import io.playlog.jobs.JobException;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.jobs.cassandra.CassandraSession;
import io.playlog.jobs.kafka.OffsetRange;
import io.playlog.jobs.kafka.SourceTopic;
import io.playlog.jobs.kafka.TopicBatch;
import io.playlog.jobs.progress.StreamProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What the topics held when the audit began, and how to compare it with what is stored.
 *
 * @param letters of the dead-letter topic, from the audited time on
 */
record Audit(AuditedTime time, AuditedOffsets offsets, Map<Integer, OffsetRange> letters) {
  /** Brokers stamp messages with their own clocks, which differ by less. */
  private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

  /**
   * Progress first: what it says is stored has its dead letters before the ends that are asked for
   * after it.
   */
  static Audit begin(AuditedTime time, PlaylogConfig config, CassandraSession session) {
    try (SourceTopic topic = new SourceTopic(config.kafka());
        SourceTopic deadLetters =
            new SourceTopic(config.kafka(), config.kafka().deadLetterTopic())) {
      if (time.to().isPresent() && !topic.isStampedByBroker()) {
        throw new JobException(
            ExitCode.NOT_AUDITABLE,
            "Topic %s has message.timestamp.type=CreateTime, so that its messages are in no order of time, and those of --from/--to cannot be told. Use --hour, or alter the topic to LogAppendTime."
                .formatted(config.kafka().topic()));
      }
      StreamProgress progress = new StreamProgress(session, config.kafka().topic(), topic.id());
      AuditedOffsets offsets = AuditedOffsets.find(topic, time, progress.read(), Instant.now());
      Map<Integer, OffsetRange> letters = new TreeMap<>();
      deadLetters
          .endOffsets()
          .forEach((partition, end) -> letters.put(partition, new OffsetRange(end, end)));
      deadLetters
          .firstSince(time.from().minus(CLOCKS_DIFFER))
          .forEach(
              (partition, first) ->
                  letters.computeIfPresent(
                      partition,
                      (same, empty) ->
                          new OffsetRange(Math.min(first.offset(), empty.end()), empty.end())));
      return new Audit(time, offsets, letters);
    }
  }

  /** The audited messages of the source topic. */
  Dataset<Row> messages(SparkSession spark, PlaylogConfig config) {
    return TopicBatch.read(spark, config.kafka(), config.kafka().topic(), offsets.ranges());
  }

  AuditResult run(SparkSession spark, PlaylogConfig config, Cassandra cassandra) {
    Dataset<Row> entries = Entries.ofMessages(messages(spark, config));
    if (time.hour().isPresent()) {
      entries = Entries.listensOf(time.hour().get(), entries);
    } else {
      Dataset<Row> found =
          TopicBatch.read(spark, config.kafka(), config.kafka().deadLetterTopic(), letters);
      entries = entries.union(Entries.ofDeadLetters(found, config.kafka().topic()));
    }
    return new AuditResult(
        Entries.arrange(entries)
            .javaRDD()
            .mapPartitions(new CompareTask(cassandra, config.report().readsInFlight())));
  }
}
