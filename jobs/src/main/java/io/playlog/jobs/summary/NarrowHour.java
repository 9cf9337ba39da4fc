package io.playlog.jobs.summary;

import io.playlog.store.ReportRuns.Run;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * An hour that one task sums up, since few listened in it.
 *
 * @param listeners whoever did
 */
record NarrowHour(PlannedHour planned, List<String> listeners) implements Serializable {
  /** Their names are in memory, of all hours of a portion. */
  static final int MOST_LISTENERS = 256;

  /** More are better shared by all tasks. How many there are is known of the last report. */
  static final long MOST_LISTENS = 100_000;

  /**
   * @param last report of the hour
   */
  static boolean isPossible(Optional<Run> last) {
    return last.filter(run -> run.listens() > MOST_LISTENS || run.listeners() > MOST_LISTENERS)
        .isEmpty();
  }
}
