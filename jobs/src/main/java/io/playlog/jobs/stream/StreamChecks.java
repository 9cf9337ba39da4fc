package io.playlog.jobs.stream;

import io.playlog.config.PlaylogConfig;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.kafka.Topic;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks what the stream needs of Kafka, at its start and while it runs. */
final class StreamChecks {
  private static final Logger LOG = LoggerFactory.getLogger(StreamChecks.class);

  /** More than the headers that a dead letter adds. */
  private static final int DEAD_LETTER_HEADERS_BYTES = 4096;

  /**
   * What is stored of a re-created topic in this time counts for the old one, whose id is in the
   * key, and is stored again under the new id.
   */
  private static final Duration ID_CHECK_INTERVAL = Duration.ofSeconds(10);

  private final Topic topic;
  private final String topicId;
  private long nextIdCheck = System.nanoTime() + ID_CHECK_INTERVAL.toNanos();

  StreamChecks(Topic topic, String topicId) {
    this.topic = topic;
    this.topicId = topicId;
  }

  /**
   * @throws PlaylogException if a topic is not as it must be, or the stream may not use it
   */
  static void requireTopics(PlaylogConfig config, Topic topic) {
    topic.check();
    topic.permissions().requireRead();
    topic.permissions().requireGroup(config.stream().consumerGroup());
    try (Topic deadLetters = Topic.ofDeadLetters(config.kafka())) {
      deadLetters.check();
      deadLetters.permissions().requireWrite();
      requireRoom(topic, deadLetters);
    }
    if (!topic.isStampedByBroker()) {
      LOG.warn(
          "Topic {} has message.timestamp.type=CreateTime: back-dated listens may be deleted before retention.ms is over, and audit --from/--to cannot be used. LogAppendTime is better",
          topic.name());
    }
  }

  /** A dead letter that does not fit would stop the stream for good. */
  private static void requireRoom(Topic topic, Topic deadLetters) {
    long needed =
        Math.min((long) topic.maxMessageBytes() + DEAD_LETTER_HEADERS_BYTES, Integer.MAX_VALUE);
    if (deadLetters.maxMessageBytes() < needed) {
      throw new PlaylogException(
          ErrorCode.DEAD_LETTER_TOPIC_TOO_SMALL,
          "Topic %s has max.message.bytes=%d, expected at least %d: a dead letter is a message of %s and some headers. Alter the topic, for example: kafka-configs.sh --alter --topic %s --add-config max.message.bytes=%d"
              .formatted(
                  deadLetters.name(),
                  deadLetters.maxMessageBytes(),
                  needed,
                  topic.name(),
                  deadLetters.name(),
                  Math.min(2L * topic.maxMessageBytes(), Integer.MAX_VALUE)));
    }
  }

  static void warnOfConsistency(Cassandra cassandra, String consistency) {
    if (!cassandra.readsItsWrites()) {
      LOG.warn(
          "With the consistency level {} a read may not see what was written, so the stream cannot tell whether Cassandra has lost writes. LOCAL_QUORUM, QUORUM and ALL can",
          consistency);
    }
  }

  /**
   * Now and then, before a batch is stored.
   *
   * @throws PlaylogException if the topic was re-created
   */
  void requireSameTopic() {
    if (System.nanoTime() < nextIdCheck) {
      return;
    }
    String found = topic.id();
    if (!found.equals(topicId)) {
      throw new PlaylogException(
          ErrorCode.TOPIC_RECREATED,
          "The topic %s was re-created while the stream ran (its id was %s and is %s). Start the stream again: it says what to do."
              .formatted(topic.name(), topicId, found));
    }
    nextIdCheck = System.nanoTime() + ID_CHECK_INTERVAL.toNanos();
  }
}
