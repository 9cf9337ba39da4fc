package io.playlog.jobs.audit;

import io.playlog.jobs.deadletters.LetterHeaders;
import io.playlog.jobs.stream.Message;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.spark.sql.Row;

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
    for (Row header : letter.headers()) {
      if (name.equals(header.getString(0)) && !header.isNullAt(1)) {
        value = new String(header.<byte[]>getAs(1), StandardCharsets.UTF_8);
      }
    }
    return value;
  }
}
