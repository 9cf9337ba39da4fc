package io.playlog.jobs.kafka;

import io.playlog.config.KafkaSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.kafka.KafkaClients;
import io.playlog.kafka.OffsetRange;
import io.playlog.kafka.SkippedRanges;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * A topic's messages, read without Spark, one partition after the other: a message that cannot be
 * read does not say which partition it is of.
 */
public final class TopicMessages implements AutoCloseable {
  private static final Duration POLL_TIMEOUT = Duration.ofMinutes(1);

  private final KafkaSettings settings;
  private final String topic;
  private final SkippedRanges skipped;
  private final Consumer<byte[], byte[]> consumer;

  /**
   * @param skipped what of the topic cannot be read
   */
  public TopicMessages(KafkaSettings settings, String topic, SkippedRanges skipped) {
    this.settings = settings;
    this.topic = topic;
    this.skipped = skipped;
    this.consumer = KafkaClients.consumer(settings);
  }

  /** Takes a message. */
  public interface Action {
    void take(ConsumerRecord<byte[], byte[]> message);
  }

  /**
   * Reads a range of a partition; to be called for as many as one likes.
   *
   * @throws PlaylogException if a message cannot be read, or the broker falls silent
   */
  public void read(int partition, OffsetRange range, Action action) {
    TopicPartition of = new TopicPartition(topic, partition);
    for (OffsetRange part : skipped.leave(partition, range)) {
      consumer.assign(List.of(of));
      consumer.seek(of, part.start());
      read(of, part.end(), action);
    }
  }

  private void read(TopicPartition partition, long end, Action action) {
    while (consumer.position(partition) < end) {
      long before = consumer.position(partition);
      ConsumerRecords<byte[], byte[]> messages = poll(partition);
      // A poll may also pass what nobody is given, such as a transaction's marker.
      if (messages.isEmpty() && consumer.position(partition) == before) {
        throw new PlaylogException(
            ErrorCode.KAFKA_UNREACHABLE,
            "Kafka at %s sent nothing of topic %s for %d s. Check that its brokers run, then run this again."
                .formatted(settings.bootstrapServers(), topic, POLL_TIMEOUT.toSeconds()));
      }
      for (ConsumerRecord<byte[], byte[]> message : messages) {
        if (message.offset() < end) {
          action.take(message);
        }
      }
    }
  }

  private ConsumerRecords<byte[], byte[]> poll(TopicPartition partition) {
    try {
      return consumer.poll(POLL_TIMEOUT);
    } catch (KafkaException e) {
      if (UnreadableMessage.isMeantBy(e)) {
        throw UnreadableMessage.explain(partition, consumer.position(partition), e);
      }
      throw e;
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
