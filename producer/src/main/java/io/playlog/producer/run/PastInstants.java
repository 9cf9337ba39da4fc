package io.playlog.producer.run;

/** Spreads the listens evenly over a time that is over. */
final class PastInstants implements Instants {
  private final long from;
  private final long count;
  private final long whole;
  private final long rest;

  PastInstants(TimeRange range, long count) {
    from = range.from();
    this.count = count;
    whole = range.milliseconds() / count;
    rest = range.milliseconds() % count;
  }

  @Override
  public long of(long index, int listener) {
    // milliseconds * index / count, in parts that fit a long.
    return from + whole * index + rest * index / count;
  }
}
