package io.playlog.jobs.rematch;

import java.io.Serializable;

/**
 * Stored listens that had no song's features.
 *
 * @param unmatched all of them
 * @param matched those among them that got features
 */
record Matches(long unmatched, long matched) implements Serializable {
  static final Matches NONE = new Matches(0, 0);

  Matches plus(Matches other) {
    return new Matches(unmatched + other.unmatched, matched + other.matched);
  }
}
