package io.playlog.jobs.store;

import java.io.Serializable;

/**
 * Messages by what became of them.
 *
 * @param listens stored, the folded and the unmatched among them
 * @param folded stored with the features of a song whose name differs from theirs in case,
 *     typography or white space
 * @param unmatched stored without a song's features
 * @param newestEvent milliseconds since the epoch, {@link Long#MIN_VALUE} without listens
 */
public record Counts(long listens, long folded, long unmatched, long deadLetters, long newestEvent)
    implements Serializable {
  public static final Counts NONE = new Counts(0, 0, 0, 0, Long.MIN_VALUE);

  public Counts plus(Counts other) {
    return new Counts(
        listens + other.listens,
        folded + other.folded,
        unmatched + other.unmatched,
        deadLetters + other.deadLetters,
        Math.max(newestEvent, other.newestEvent));
  }
}
