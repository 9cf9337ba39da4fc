package io.playlog.jobs.unreadable;

import io.playlog.jobs.kafka.UnreadableMessage;
import java.util.regex.Pattern;

/** What came of it to read a partition from an offset on. */
sealed interface Attempt {
  /**
   * Messages were read.
   *
   * @param first at the offset, or behind what belongs to no message
   * @param last of those that came with it
   */
  record Found(long first, long last) implements Attempt {}

  /** No message is there, and none behind it. */
  record End() implements Attempt {}

  /**
   * The client or the broker cannot read on.
   *
   * @param error the client's words
   * @param ofOneBatch whether these words are about this batch of messages and no other, since they
   *     have its sums
   */
  record Failed(String error, boolean ofOneBatch) implements Attempt {
    private static final Pattern SUMS = Pattern.compile("crc = \\d+.*crc = \\d+");

    static Failed of(Exception failure) {
      String words = UnreadableMessage.words(failure);
      return new Failed(words, SUMS.matcher(words).find());
    }
  }

  /** A partition that is tried. */
  interface Reader {
    /**
     * @throws io.playlog.error.PlaylogException if no broker answers
     */
    Attempt from(long offset);
  }
}
