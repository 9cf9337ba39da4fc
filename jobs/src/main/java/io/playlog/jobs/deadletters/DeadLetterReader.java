package io.playlog.jobs.deadletters;

import io.playlog.config.KafkaSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.jobs.kafka.OffsetRange;
import io.playlog.jobs.kafka.SkippedRanges;
import io.playlog.jobs.kafka.UnreadableMessage;
import io.playlog.kafka.KafkaClients;
import io.playlog.kafka.Offsets;
import io.playlog.kafka.Topic;
import io.playlog.kafka.Topic.TimedOffset;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads the dead-letter topic up to where it ends now. */
final class DeadLetterReader {
  private static final Duration POLL_TIMEOUT = Duration.ofMinutes(1);

  /** Dead letters are stamped by the brokers' clocks, after their messages by others of them. */
  private static final Duration MAX_CLOCK_SKEW = Duration.ofHours(1);

  private DeadLetterReader() {}

  /**
   * @param from dead letters of messages with earlier record timestamps may be left out; null for
   *     all
   * @param skipped what of the topic cannot be read
   * @throws PlaylogException if the topic is missing, a message cannot be read, or the broker falls
   *     silent
   */
  static void forEach(
      KafkaSettings settings,
      Instant from,
      SkippedRanges skipped,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> action) {
    Map<TopicPartition, OffsetRange> ranges = new LinkedHashMap<>();
    try (Topic topic = Topic.ofDeadLetters(settings)) {
      Offsets end = topic.endOffsets();
      Offsets first = topic.firstOffsets();
      Map<Integer, TimedOffset> since =
          from == null ? Map.of() : topic.firstSince(from.minus(MAX_CLOCK_SKEW));
      end.forEach(
          (number, offset) -> {
            long none = from == null ? first.of(number) : offset;
            long start = since.containsKey(number) ? since.get(number).offset() : none;
            ranges.put(new TopicPartition(topic.name(), number), new OffsetRange(start, offset));
          });
    }
    try (Consumer<byte[], byte[]> consumer = KafkaClients.consumer(settings)) {
      // One after the other: a message that cannot be read does not say which partition it is of.
      ranges.forEach(
          (partition, range) -> {
            consumer.assign(List.of(partition));
            for (OffsetRange part : skipped.leave(partition.partition(), range)) {
              consumer.seek(partition, part.start());
              read(consumer, partition, part.end(), settings, action);
            }
          });
    }
  }

  private static void read(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      long end,
      KafkaSettings settings,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> action) {
    while (consumer.position(partition) < end) {
      long before = consumer.position(partition);
      ConsumerRecords<byte[], byte[]> messages = poll(consumer, partition);
      // A poll may also pass what nobody is given, such as a transaction's marker.
      if (messages.isEmpty() && consumer.position(partition) == before) {
        throw new PlaylogException(
            ErrorCode.KAFKA_UNREACHABLE,
            "Kafka at %s sent nothing of topic %s for %d s. Check that its brokers run, then run this again."
                .formatted(
                    settings.bootstrapServers(),
                    settings.deadLetterTopic(),
                    POLL_TIMEOUT.toSeconds()));
      }
      for (ConsumerRecord<byte[], byte[]> message : messages) {
        if (message.offset() < end) {
          action.accept(message);
        }
      }
    }
  }

  private static ConsumerRecords<byte[], byte[]> poll(
      Consumer<byte[], byte[]> consumer, TopicPartition partition) {
    try {
      return consumer.poll(POLL_TIMEOUT);
    } catch (KafkaException e) {
      if (UnreadableMessage.isMeantBy(e)) {
        throw UnreadableMessage.explain(partition, consumer.position(partition), e);
      }
      throw e;
    }
  }
}
