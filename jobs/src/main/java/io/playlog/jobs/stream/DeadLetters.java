package io.playlog.jobs.stream;

import io.playlog.config.KafkaSettings;
import io.playlog.jobs.deadletters.LetterHeaders;
import io.playlog.listen.RejectReason;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends messages that are no listens to the dead-letter topic: value, key and headers as they came,
 * and headers that say why and where from. Connects when there is one; at least once.
 */
final class DeadLetters implements AutoCloseable {
  private final KafkaSettings settings;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private Producer<byte[], byte[]> producer;

  DeadLetters(KafkaSettings settings) {
    this.settings = settings;
  }

  void send(Message message, RejectReason reason) {
    if (producer == null) {
      producer = open();
    }
    producer.send(
        toRecord(settings.deadLetterTopic(), message, reason),
        (metadata, error) -> failure.compareAndSet(null, error));
  }

  static ProducerRecord<byte[], byte[]> toRecord(
      String topic, Message message, RejectReason reason) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(topic, message.key(), message.value());
    message.headers().forEach(letter.headers()::add);
    Map<String, Object> origin =
        Map.of(
            LetterHeaders.REASON, reason.code(),
            LetterHeaders.TOPIC, message.topic(),
            LetterHeaders.PARTITION, message.partition(),
            LetterHeaders.OFFSET, message.offset(),
            LetterHeaders.TIMESTAMP, message.timestamp());
    origin.forEach(
        (key, value) ->
            letter.headers().add(key, value.toString().getBytes(StandardCharsets.UTF_8)));
    return letter;
  }

  /** Returns when all letters are acknowledged. */
  void flush() {
    if (producer == null) {
      return;
    }
    producer.flush();
    if (failure.get() != null) {
      throw new IllegalStateException(
          "Cannot write to the dead-letter topic "
              + settings.deadLetterTopic()
              + ": "
              + failure.get().getMessage(),
          failure.get());
    }
  }

  private Producer<byte[], byte[]> open() {
    Map<String, Object> properties = new HashMap<>(settings.properties());
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    // A letter is as large as its message and has headers besides; the topic takes twice as much.
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.MAX_VALUE);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close();
    }
  }
}
