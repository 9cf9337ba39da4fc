package io.playlog.jobs.stream;

import io.playlog.config.KafkaSettings;
import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.ExitCode;
import io.playlog.jobs.JobException;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.jobs.cassandra.CassandraSession;
import io.playlog.jobs.kafka.SourceTopic;
import io.playlog.jobs.progress.StreamProgress;
import io.playlog.jobs.schema.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks what the stream needs, before Spark is started, which takes longer. */
final class StartChecks {
  private static final Logger LOG = LoggerFactory.getLogger(StartChecks.class);

  /** More than the headers that {@link DeadLetters} adds. */
  private static final int LETTER_HEADERS_BYTES = 4096;

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
      checkRoom(topic, deadLetters, config.kafka());
      if (!topic.isStampedByBroker()) {
        LOG.warn(
            "Topic {} has message.timestamp.type=CreateTime: back-dated listens may be deleted before retention.ms is over, and audit --from/--to cannot be used. LogAppendTime is better",
            config.kafka().topic());
      }
      Schema.check(session);
      new StreamProgress(session, config.kafka().topic(), topic.id()).begin(topic.firstOffsets());
    }
  }

  /** A dead letter that does not fit would stop the stream for good. */
  private static void checkRoom(
      SourceTopic topic, SourceTopic deadLetters, KafkaSettings settings) {
    long needed = topic.maxMessageBytes() + LETTER_HEADERS_BYTES;
    if (deadLetters.maxMessageBytes() < needed) {
      throw new JobException(
          ExitCode.NOT_SET_UP,
          "Topic %s has max.message.bytes=%d, expected at least %d: a dead letter is a message of %s and some headers. Alter the topic, for example: kafka-configs.sh --alter --topic %s --add-config max.message.bytes=%d"
              .formatted(
                  settings.deadLetterTopic(),
                  deadLetters.maxMessageBytes(),
                  needed,
                  settings.topic(),
                  settings.deadLetterTopic(),
                  2 * topic.maxMessageBytes()));
    }
  }
}
