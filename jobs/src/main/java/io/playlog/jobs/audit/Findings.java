package io.playlog.jobs.audit;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What an audit, or a task of it, found. Each message is counted once.
 *
 * @param stored distinct listens with a row in {@code records}
 * @param repeated messages with a listen that another message has too
 * @param deadLettered invalid messages that have a dead letter
 * @param forgotten messages with a listen whose listener was forgotten later
 * @param missing distinct listens without a row, and invalid messages without a dead letter
 */
record Findings(long stored, long repeated, long deadLettered, long forgotten, List<Entry> missing)
    implements Serializable {

  Findings plus(Findings other) {
    List<Entry> all = new ArrayList<>(missing);
    all.addAll(other.missing);
    return new Findings(
        stored + other.stored,
        repeated + other.repeated,
        deadLettered + other.deadLettered,
        forgotten + other.forgotten,
        all);
  }

  Counts counts() {
    return new Counts(stored, repeated, deadLettered, forgotten, missing.size(), 0);
  }

  /**
   * The findings as numbers: all of the missing may be too many for the driver.
   *
   * @param expired listens whose rows have expired, for all that can be known
   */
  record Counts(
      long stored, long repeated, long deadLettered, long forgotten, long missing, long expired)
      implements Serializable {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

    /** All messages that were audited. */
    long in() {
      return stored + repeated + deadLettered + forgotten + missing + expired;
    }

    /** With so many of the missing called expired. */
    Counts withExpired(long count) {
      return new Counts(
          stored, repeated, deadLettered, forgotten, missing - count, expired + count);
    }

    Counts plus(Counts other) {
      return new Counts(
          stored + other.stored,
          repeated + other.repeated,
          deadLettered + other.deadLettered,
          forgotten + other.forgotten,
          missing + other.missing,
          expired + other.expired);
    }
  }
}
