package io.playlog.jobs.report;

import java.io.Serializable;

/** What a report has summed up. */
record HourTotals(long listens, int listeners) implements Serializable {
  static final HourTotals NONE = new HourTotals(0, 0);

  HourTotals plus(HourTotals other) {
    return new HourTotals(listens + other.listens, listeners + other.listeners);
  }
}
