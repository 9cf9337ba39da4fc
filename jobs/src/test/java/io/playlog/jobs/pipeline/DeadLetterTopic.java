package io.playlog.jobs.pipeline;

import io.playlog.config.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What a plain client reads of source topic and dead letters. */
final class DeadLetterTopic {
  private DeadLetterTopic() {}

  /** Dead letters by their source coordinates; a list of several has duplicates. */
  static Map<String, List<ConsumerRecord<byte[], byte[]>>> byCoordinates(KafkaSettings kafka) {
    Map<String, List<ConsumerRecord<byte[], byte[]>>> letters = new HashMap<>();
    Topics.readAll(kafka.bootstrapServers(), kafka.deadLetterTopic())
        .forEach(
            letter ->
                letters
                    .computeIfAbsent(
                        "%s/%s/%s"
                            .formatted(
                                header(letter, "playlog.topic"),
                                header(letter, "playlog.partition"),
                                header(letter, "playlog.offset")),
                        key -> new ArrayList<>())
                    .add(letter));
    return letters;
  }

  static Map<String, ConsumerRecord<byte[], byte[]>> source(KafkaSettings kafka) {
    Map<String, ConsumerRecord<byte[], byte[]>> messages = new HashMap<>();
    Topics.readAll(kafka.bootstrapServers(), kafka.topic())
        .forEach(message -> messages.put(coordinates(message), message));
    return messages;
  }

  static String coordinates(ConsumerRecord<?, ?> message) {
    return "%s/%s/%s".formatted(message.topic(), message.partition(), message.offset());
  }

  /** The last one's value, null if there is none. */
  static String header(ConsumerRecord<?, ?> message, String name) {
    Header header = message.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** Key, value and all headers but those of Playlog, to be compared. */
  static String content(ConsumerRecord<byte[], byte[]> message) {
    StringBuilder content = new StringBuilder();
    content.append(text(message.key())).append('\n').append(text(message.value()));
    for (Header header : message.headers()) {
      if (!header.key().startsWith("playlog.")) {
        content.append('\n').append(header.key()).append('=').append(text(header.value()));
      }
    }
    return content.toString();
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "null" : "=" + new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
