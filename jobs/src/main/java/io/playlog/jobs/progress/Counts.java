package io.playlog.jobs.progress;

import java.io.Serializable;

/**
 * Messages by what became of them.
 *
 * @param listens stored, the unmatched and the late among them
 * @param unmatched stored without a song's features
 * @param late stored, but too late for {@code hourly-summary --due} to find their hour
 * @param newestEvent milliseconds since the epoch, {@link Long#MIN_VALUE} without listens
 */
public record Counts(long listens, long unmatched, long late, long deadLetters, long newestEvent)
    implements Serializable {
  public static final Counts NONE = new Counts(0, 0, 0, 0, Long.MIN_VALUE);

  public Counts plus(Counts other) {
    return new Counts(
        listens + other.listens,
        unmatched + other.unmatched,
        late + other.late,
        deadLetters + other.deadLetters,
        Math.max(newestEvent, other.newestEvent));
  }
}
