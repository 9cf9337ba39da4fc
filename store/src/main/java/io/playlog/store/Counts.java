package io.playlog.store;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * Messages by what became of them.
 *
 * @param listens stored, the folded and the unmatched among them
 * @param folded stored with the features of a song whose name differs from theirs in case,
 *     typography or white space
 * @param unmatched stored without a song's features
 * @param deadLettersByReason by the reason's code; reasons without any are absent
 * @param newestEvent milliseconds since the epoch, {@link Long#MIN_VALUE} without listens
 */
public record Counts(
    long listens,
    long folded,
    long unmatched,
    Map<String, Long> deadLettersByReason,
    long newestEvent)
    implements Serializable {
  public static final Counts NONE = new Counts(0, 0, 0, Map.of(), Long.MIN_VALUE);

  public Counts plus(Counts other) {
    return new Counts(
        listens + other.listens,
        folded + other.folded,
        unmatched + other.unmatched,
        sum(deadLettersByReason, other.deadLettersByReason),
        Math.max(newestEvent, other.newestEvent));
  }

  private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    Map<String, Long> sum = new TreeMap<>(one);
    other.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
    return sum;
  }

  /** For all reasons. */
  public long deadLetters() {
    return deadLettersByReason.values().stream().mapToLong(Long::longValue).sum();
  }
}
