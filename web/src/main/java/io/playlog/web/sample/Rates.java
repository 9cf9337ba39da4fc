package io.playlog.web.sample;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** How many listens were stored in each minute, from a total that is looked at now and then. */
final class Rates {
  private static final int MINUTES = 60;
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(long at, long total) {}

  /**
   * @param now as {@link System#nanoTime()} gives it
   */
  void add(long now, long total) {
    // A new topic counts from zero again.
    if (!samples.isEmpty() && samples.getLast().total() > total) {
      samples.clear();
    }
    samples.addLast(new Sample(now, total));
    while (now - samples.getFirst().at() > (MINUTES + 1) * MINUTE) {
      samples.removeFirst();
    }
  }

  /** Of the minutes before now, as far as they were watched, the newest last. */
  List<Double> perMinute(long now) {
    List<Double> rates = new ArrayList<>();
    if (samples.isEmpty()) {
      return rates;
    }
    for (int minute = MINUTES; minute > 0; minute--) {
      long start = now - minute * MINUTE;
      if (start - samples.getFirst().at() >= 0) {
        rates.add(total(start + MINUTE) - total(start));
      }
    }
    return rates;
  }

  /** Between two samples it grew evenly. */
  private double total(long time) {
    Sample before = samples.getFirst();
    for (Sample sample : samples) {
      if (sample.at() - time >= 0) {
        long span = sample.at() - before.at();
        double share = span == 0 ? 1 : (double) (time - before.at()) / span;
        return before.total() + share * (sample.total() - before.total());
      }
      before = sample;
    }
    return before.total();
  }
}
