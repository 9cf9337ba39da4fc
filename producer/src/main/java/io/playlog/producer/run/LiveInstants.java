package io.playlog.producer.run;

/** Now. A listener who has this millisecond already waits for the next one. */
final class LiveInstants implements Instants {
  private static final long PAUSE_NANOS = 50_000;

  private final Time time;
  private final StopSignal stop;
  private final long[] last;

  LiveInstants(int listeners, Time time, StopSignal stop) {
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
