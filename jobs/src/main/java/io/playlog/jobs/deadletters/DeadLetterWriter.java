package io.playlog.jobs.deadletters;

import io.playlog.config.KafkaSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.jobs.kafka.Message;
import io.playlog.kafka.KafkaClients;
import io.playlog.kafka.OffsetRange;
import io.playlog.kafka.Refusals;
import io.playlog.listen.RejectReason;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Sends a task's invalid messages to the dead-letter topic, at least once: value, key and headers
 * as they came, and headers that say why and where from.
 *
 * <p>The producer is the JVM's, made when there is a first dead letter: each one that is made costs
 * the brokers a producer id, which they keep for a day.
 */
public final class DeadLetterWriter {
  private static KafkaSettings sharedSettings;
  private static Producer<byte[], byte[]> shared;

  private final KafkaSettings settings;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private Producer<byte[], byte[]> producer;

  public DeadLetterWriter(KafkaSettings settings) {
    this.settings = settings;
  }

  public void send(Message message, RejectReason reason) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(settings.deadLetterTopic(), message.key(), message.value());
    message.headers().forEach(letter.headers()::add);
    DeadLetter.of(message, settings.topic(), reason).addTo(letter.headers());
    send(letter);
  }

  /** One about all of them, without key and value, which nobody knows. */
  public void sendUnreadable(String topic, int partition, OffsetRange range) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(settings.deadLetterTopic(), null, null);
    DeadLetter.addUnreadable(letter.headers(), topic, partition, range);
    send(letter);
  }

  private void send(ProducerRecord<byte[], byte[]> letter) {
    if (producer == null) {
      producer = shared(settings);
    }
    producer.send(letter, (metadata, error) -> failure.compareAndSet(null, error));
  }

  /** Returns when all dead letters are acknowledged. */
  public void await() {
    if (producer == null) {
      return;
    }
    producer.flush();
    if (failure.get() != null) {
      // A producer that has failed may fail for good.
      forget(producer);
      throw Refusals.in(settings, settings.deadLetterTopic(), AclOperation.WRITE, failure.get())
          .orElseGet(() -> notWritten(settings.deadLetterTopic(), failure.get()));
    }
  }

  static PlaylogException notWritten(String topic, Exception cause) {
    String whatToDo =
        cause instanceof RecordTooLargeException
            ? " Raise the topic's max.message.bytes (kafka-configs.sh --alter --topic %s --add-config max.message.bytes=...): a message that was compressed better in the source topic takes more here."
                .formatted(topic)
            : "";
    return new PlaylogException(
        ErrorCode.DEAD_LETTERS_NOT_WRITTEN,
        "Cannot write to the dead-letter topic %s: %s%s"
            .formatted(topic, cause.getMessage(), whatToDo),
        cause);
  }

  private static synchronized Producer<byte[], byte[]> shared(KafkaSettings settings) {
    if (shared != null && !settings.equals(sharedSettings)) {
      shared.close();
      shared = null;
    }
    if (shared == null) {
      shared = KafkaClients.producerOfAnySize(settings, "lz4");
      sharedSettings = settings;
    }
    return shared;
  }

  private static synchronized void forget(Producer<byte[], byte[]> failed) {
    if (shared == failed) {
      shared.close();
      shared = null;
    }
  }
}
