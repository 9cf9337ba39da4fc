package io.playlog.producer.run;

import io.playlog.cli.TimeRange;
import java.time.Duration;

/** When a listen happened; the instants of one listener strictly increase. */
interface Instants {
  /**
   * @param index of the listen in the run
   * @return milliseconds since the epoch
   */
  long of(long index, int listener);

  /** Now. A listener who has this millisecond already waits for the next one. */
  final class Live implements Instants {
    private static final long PAUSE_NANOS = 50_000;

    private final Time time;
    private final StopSignal stop;
    private final long[] last;

    Live(int listeners, Time time, StopSignal stop) {
      last = new long[listeners];
      this.time = time;
      this.stop = stop;
    }

    /** Never ahead of the clock, which may have been set back; a stopped run does not wait. */
    @Override
    public long of(long index, int listener) {
      long now = time.epochMillis();
      while (now <= last[listener] && !stop.requested()) {
        time.pause(PAUSE_NANOS);
        now = time.epochMillis();
      }
      last[listener] = now;
      return now;
    }
  }

  /** Spreads the listens evenly over a time that is over. */
  final class Past implements Instants {
    private final long from;
    private final long count;
    private final long whole;
    private final long rest;

    Past(TimeRange range, long count) {
      long milliseconds = Duration.between(range.from(), range.to()).toMillis();
      from = range.from().toEpochMilli();
      this.count = count;
      whole = milliseconds / count;
      rest = milliseconds % count;
    }

    @Override
    public long of(long index, int listener) {
      // milliseconds * index / count, in parts that fit a long.
      return from + whole * index + rest * index / count;
    }
  }
}
