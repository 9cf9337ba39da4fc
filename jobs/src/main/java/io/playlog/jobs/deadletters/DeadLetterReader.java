package io.playlog.jobs.deadletters;

import io.playlog.config.KafkaSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.kafka.KafkaClients;
import io.playlog.kafka.Offsets;
import io.playlog.kafka.Topic;
import io.playlog.kafka.Topic.TimedOffset;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
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
   * @throws PlaylogException if the topic is missing, or the broker falls silent
   */
  static void forEach(
      KafkaSettings settings,
      Instant from,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> action) {
    Map<TopicPartition, Long> starts = new HashMap<>();
    Map<TopicPartition, Long> ends = new HashMap<>();
    try (Topic topic = Topic.ofDeadLetters(settings)) {
      Offsets end = topic.endOffsets();
      Offsets first = topic.firstOffsets();
      Map<Integer, TimedOffset> since =
          from == null ? Map.of() : topic.firstSince(from.minus(MAX_CLOCK_SKEW));
      end.forEach(
          (number, offset) -> {
            TopicPartition partition = new TopicPartition(topic.name(), number);
            ends.put(partition, offset);
            long none = from == null ? first.of(number) : offset;
            starts.put(partition, since.containsKey(number) ? since.get(number).offset() : none);
          });
    }
    try (Consumer<byte[], byte[]> consumer = KafkaClients.consumer(settings)) {
      consumer.assign(ends.keySet());
      starts.forEach(consumer::seek);
      read(consumer, ends, settings, action);
    }
  }

  private static void read(
      Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> ends,
      KafkaSettings settings,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> action) {
    while (isBefore(consumer, ends)) {
      long before = position(consumer, ends);
      ConsumerRecords<byte[], byte[]> messages = consumer.poll(POLL_TIMEOUT);
      // A poll may also pass what nobody is given, such as a transaction's marker.
      if (messages.isEmpty() && position(consumer, ends) == before) {
        throw new PlaylogException(
            ErrorCode.KAFKA_UNREACHABLE,
            "Kafka at %s sent nothing of topic %s for %d s. Check that its brokers run, then run this again."
                .formatted(
                    settings.bootstrapServers(),
                    settings.deadLetterTopic(),
                    POLL_TIMEOUT.toSeconds()));
      }
      for (ConsumerRecord<byte[], byte[]> message : messages) {
        if (message.offset() < ends.get(new TopicPartition(message.topic(), message.partition()))) {
          action.accept(message);
        }
      }
    }
  }

  /** Over all partitions. */
  private static long position(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> partitions) {
    return partitions.keySet().stream().mapToLong(consumer::position).sum();
  }

  private static boolean isBefore(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }
}
