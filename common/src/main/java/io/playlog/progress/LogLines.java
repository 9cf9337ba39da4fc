package io.playlog.progress;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Lines of a log, one every ten seconds; where there is no total, of work that has no end, one a
 * minute.
 */
final class LogLines implements Display {
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration EVERY_WITHOUT_TOTAL = Duration.ofMinutes(1);

  private final Consumer<String> log;
  private Duration last = Duration.ZERO;

  LogLines(Consumer<String> log) {
    this.log = log;
  }

  @Override
  public void show(Pace pace) {
    Duration every = pace.hasTotal() ? EVERY : EVERY_WITHOUT_TOTAL;
    if (pace.elapsed().minus(last).compareTo(every) >= 0) {
      last = pace.elapsed();
      log.accept(pace.toString());
    }
  }

  @Override
  public void close() {}
}
