package io.playlog.jobs.audit;

import io.playlog.jobs.deadletters.LetterHeaders;
import io.playlog.jobs.stream.Message;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;

/** Reads from a dead letter's headers which message it keeps. */
final class LetterOrigin {
  private LetterOrigin() {}

  /**
   * Empty if the letter is about another topic, or not one of ours.
   *
   * @param topic the source topic
   */
  static Optional<Entry> of(Message letter, String topic) {
    if (!topic.equals(header(letter, LetterHeaders.TOPIC))) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Entry(
              null,
              Long.parseLong(header(letter, LetterHeaders.TIMESTAMP)),
              null,
              Integer.parseInt(header(letter, LetterHeaders.PARTITION)),
              Long.parseLong(header(letter, LetterHeaders.OFFSET)),
              null));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The last of this name: those before it came with the message. */
  private static String header(Message letter, String name) {
    String value = "";
    for (Header header : letter.headers()) {
      if (name.equals(header.key()) && header.value() != null) {
        value = new String(header.value(), StandardCharsets.UTF_8);
      }
    }
    return value;
  }
}
