package io.playlog.jobs.deadletters;

import io.playlog.config.KafkaSettings;
import io.playlog.jobs.ExitCode;
import io.playlog.jobs.JobException;
import io.playlog.jobs.kafka.SourceTopic;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the dead-letter topic from its beginning to where it ends now. */
final class LetterReader {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private LetterReader() {}

  /**
   * @throws JobException if the topic is missing, or the broker falls silent
   */
  static void forEach(KafkaSettings settings, java.util.function.Consumer<Letter> action) {
    Map<TopicPartition, Long> ends = new HashMap<>();
    try (SourceTopic topic = new SourceTopic(settings, settings.deadLetterTopic())) {
      topic
          .endOffsets()
          .forEach(
              (partition, end) ->
                  ends.put(new TopicPartition(settings.deadLetterTopic(), partition), end));
    }
    try (Consumer<byte[], byte[]> consumer = open(settings)) {
      consumer.assign(ends.keySet());
      consumer.seekToBeginning(ends.keySet());
      while (isBefore(consumer, ends)) {
        ConsumerRecords<byte[], byte[]> messages = consumer.poll(PATIENCE);
        if (messages.isEmpty() && isBefore(consumer, ends)) {
          throw new JobException(
              ExitCode.FAILED,
              "Kafka at %s sent nothing of topic %s for %s"
                  .formatted(settings.bootstrapServers(), settings.deadLetterTopic(), PATIENCE));
        }
        for (ConsumerRecord<byte[], byte[]> message : messages) {
          if (message.offset()
              < ends.get(new TopicPartition(message.topic(), message.partition()))) {
            action.accept(new Letter(message));
          }
        }
      }
    }
  }

  private static boolean isBefore(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }

  private static Consumer<byte[], byte[]> open(KafkaSettings settings) {
    Map<String, Object> properties = new HashMap<>(settings.properties());
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    // Letters may leave by retention while they are read.
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
