package io.playlog.jobs.rematch;

import io.playlog.jobs.progress.HoursTouched;
import java.time.Instant;
import java.util.Map;

/**
 * Makes the hours due whose records a rematch changes: before the first change, so that a rematch
 * that is killed leaves no changed hour behind that is not due, and after the last, so that a
 * report that read in between is made again.
 */
final class HourMarks {
  private static final String BEGUN = "rematch-begun";
  private static final String DONE = "rematch";

  private final HoursTouched hoursTouched;

  HourMarks(HoursTouched hoursTouched) {
    this.hoursTouched = hoursTouched;
  }

  void begin(Instant hour) {
    hoursTouched.touch(hour, BEGUN);
  }

  void end(Instant hour) {
    hoursTouched.touch(hour, DONE);
  }

  /** Whether a rematch has begun to change the hour since the last one came to its end. */
  boolean isOpen(Instant hour) {
    Map<String, Long> touched = hoursTouched.read(hour);
    return touched.getOrDefault(BEGUN + "/0", 0L) > touched.getOrDefault(DONE + "/0", 0L);
  }

  /** Whether the hour ever got a listen. */
  boolean isKnown(Instant hour) {
    return !hoursTouched.read(hour).isEmpty();
  }
}
