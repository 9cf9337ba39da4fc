package io.playlog.producer.run;

/**
 * Keeps a rate, counted from the start, so it does not drift. After a stall (a broker away, a
 * laptop asleep) at most one second's listens are caught up on: live listens carry the instant at
 * which they are sent, so a longer burst would be a peak in the history that nobody asked for.
 */
final class Pacer {
  private static final long MAX_BACKLOG_NANOS = 1_000_000_000;

  private final boolean waits;
  private final double nanosPerListen;
  private final Time time;
  private final StopSignal stop;
  private long start;

  Pacer(Rate rate, Time time, StopSignal stop) {
    waits = !rate.isMax();
    nanosPerListen = 1e9 / rate.perSecond();
    this.time = time;
    this.stop = stop;
    start = time.nanos();
  }

  /** Waits until this listen is due, or the run is stopped. */
  void await(long index) {
    if (!waits) {
      return;
    }
    long due = (long) (index * nanosPerListen);
    long left = start + due - time.nanos();
    while (left > 0 && !stop.requested()) {
      time.pause(left);
      left = start + due - time.nanos();
    }
    if (left < -MAX_BACKLOG_NANOS) {
      start -= left + MAX_BACKLOG_NANOS;
    }
  }
}
