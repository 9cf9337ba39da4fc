package io.playlog.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Write timestamps of rows that only go forward, made from their offsets, so that of two writes the
 * one with the further offset wins, whatever the clocks of the writers say. Other rows have those
 * of a clock.
 *
 * <p>A row that a clock wrote beats every offset. Where one is found, all timestamps are lifted
 * above it by the same amount, which a later reader finds again in what was written.
 */
public final class WriteTimestamps {
  private static final Logger LOG = LoggerFactory.getLogger(WriteTimestamps.class);

  private final String table;
  private long lift;

  /**
   * @param table for the log
   */
  WriteTimestamps(String table) {
    this.table = table;
  }

  /** As the driver makes them of a clock: microseconds since the epoch. */
  public static long ofClock(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  /**
   * This machine's clock's, or the next one above what was found where that is ahead: so that what
   * is written or deleted now counts, whatever clock has written what is there.
   *
   * @param found {@link Long#MIN_VALUE} if nothing is there
   */
  public static long ofClockAbove(long found) {
    return Math.max(ofClock(Instant.now()), found == Long.MAX_VALUE ? found : found + 1);
  }

  /** To be called with every row that is there before the first one is written. */
  void found(long offset, long writeTime) {
    long needed = writeTime - offset;
    // What this class wrote needs what it was lifted by then, and no more.
    if (needed > lift) {
      LOG.warn(
          "A row of {} was written by a clock and not by its offset (write time {}, offset {}): what is written from now on is put above it",
          table,
          writeTime,
          offset);
      lift = needed;
    }
  }

  /** For {@code USING TIMESTAMP}. */
  long of(long offset) {
    return lift + offset;
  }
}
