package io.playlog.producer.run;

import io.playlog.listen.ListenParser;
import java.time.Instant;

/** A time in the past, {@code [from, to)}, in milliseconds since the epoch. */
record TimeRange(long from, long to) {
  /**
   * @throws IllegalArgumentException if one of them is missing, or they are no such time
   */
  static TimeRange past(Instant from, Instant to, Instant now) {
    if (from == null || to == null) {
      throw new IllegalArgumentException("--from and --to go together");
    }
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "--from: found %s, expected an instant before --to %s".formatted(from, to));
    }
    if (from.isBefore(ListenParser.EARLIEST)) {
      throw new IllegalArgumentException(
          "--from: found %s, expected %s or later".formatted(from, ListenParser.EARLIEST));
    }
    if (to.isAfter(now)) {
      throw new IllegalArgumentException(
          "--to: found %s, expected an instant that is over (now: %s)".formatted(to, now));
    }
    return new TimeRange(from.toEpochMilli(), to.toEpochMilli());
  }

  String summary() {
    return "from %s to %s".formatted(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to));
  }

  long milliseconds() {
    return to - from;
  }

  /** A listener's instants strictly increase, so each listen needs a millisecond of its own. */
  void requireRoom(int listeners, long count) {
    long each = (count + listeners - 1) / listeners;
    if (each > milliseconds()) {
      throw new IllegalArgumentException(
          "--from and --to: %d ms have no room for %d listens of each listener, at most one a millisecond"
              .formatted(milliseconds(), each));
    }
  }
}
