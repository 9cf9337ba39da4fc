package io.playlog.producer.run;

/** A clock that moves when somebody waits for it. */
final class ManualTime implements Time {
  static final long START = 1_700_000_000_000L;

  private long nanos;
  private long epochOffset = START;

  @Override
  public long epochMillis() {
    return epochOffset + nanos / 1_000_000;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public void pause(long pause) {
    nanos += pause;
  }

  /** What the machine's owner or its time service does. */
  void setBack(long milliseconds) {
    epochOffset -= milliseconds;
  }
}
