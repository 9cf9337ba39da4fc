package io.playlog.jobs.deadletters;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** A message of the dead-letter topic. */
final class Letter {
  private final ConsumerRecord<byte[], byte[]> message;

  Letter(ConsumerRecord<byte[], byte[]> message) {
    this.message = message;
  }

  /** Null if the message is none of our letters. */
  String reason() {
    return header(LetterHeaders.REASON);
  }

  String sourceTopic() {
    return header(LetterHeaders.TOPIC);
  }

  /** Kafka's timestamp of the source message, milliseconds since the epoch. */
  long sourceTimestamp() {
    return Long.parseLong(header(LetterHeaders.TIMESTAMP));
  }

  /** Where the message stood first, as topic/partition/offset, however often it was replayed. */
  String origin() {
    String first = header(LetterHeaders.REPLAYED_FROM);
    return first != null
        ? first
        : "%s/%s/%s"
            .formatted(
                sourceTopic(), header(LetterHeaders.PARTITION), header(LetterHeaders.OFFSET));
  }

  /**
   * The same for all letters of one message. A topic that was made again counts its offsets anew,
   * so the origin alone would take two messages for one.
   */
  String identity() {
    CRC32C sum = new CRC32C();
    if (message.value() != null) {
      sum.update(message.value());
    }
    return origin() + " " + Long.toHexString(sum.getValue());
  }

  /** The message as it came to the source topic, and a header that names its origin. */
  ProducerRecord<byte[], byte[]> toSource() {
    ProducerRecord<byte[], byte[]> source =
        new ProducerRecord<>(sourceTopic(), message.key(), message.value());
    for (Header header : message.headers()) {
      if (!header.key().startsWith(LetterHeaders.PREFIX)) {
        source.headers().add(header);
      }
    }
    source.headers().add(LetterHeaders.REPLAYED_FROM, origin().getBytes(StandardCharsets.UTF_8));
    return source;
  }

  /** The last of this name: one before it came with the message. */
  private String header(String name) {
    Header header = message.headers().lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
