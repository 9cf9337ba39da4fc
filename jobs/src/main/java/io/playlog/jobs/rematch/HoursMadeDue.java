package io.playlog.jobs.rematch;

import java.time.Instant;

/** Counts hours, which come oldest first; takes no more memory for years of them. */
final class HoursMadeDue {
  private final Instant lookback;
  private Instant first;
  private Instant last;
  private int count;
  private int beforeLookback;

  /**
   * @param lookback how far back reports look for hours that are due
   */
  HoursMadeDue(Instant lookback) {
    this.lookback = lookback;
  }

  void add(Instant hour) {
    first = count == 0 ? hour : first;
    last = hour;
    count++;
    if (hour.isBefore(lookback)) {
      beforeLookback++;
    }
  }

  /** How many of them no report finds by itself. */
  int beforeLookback() {
    return beforeLookback;
  }

  @Override
  public String toString() {
    return switch (count) {
      case 0 -> "0";
      case 1 -> "1 (" + first + ")";
      default -> "%d (the first %s, the last %s)".formatted(count, first, last);
    };
  }
}
