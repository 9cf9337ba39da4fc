package io.playlog.producer.run;

import io.playlog.config.ProducerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * What one run sends.
 *
 * @param listeners the named one counted
 * @param count {@link #ENDLESS} for a run that goes on until it is stopped
 * @param range null for listens that happen now
 * @param manifest null for none
 */
public record RunPlan(
    int listeners, long seed, long count, Rate rate, TimeRange range, Path manifest) {
  static final long ENDLESS = Long.MAX_VALUE;

  /** Enough for any trial, and few enough for exact arithmetic with milliseconds. */
  private static final long MAX_COUNT = 1_000_000_000;

  /**
   * @throws IllegalArgumentException if the options contradict each other
   */
  public static RunPlan of(RunOptions options, ProducerSettings settings, Instant now) {
    if (options.count != null && (options.count < 1 || options.count > MAX_COUNT)) {
      throw new IllegalArgumentException(
          "--count: found %d, expected 1 to %d".formatted(options.count, MAX_COUNT));
    }
    int listeners = settings.listeners() + 1;
    double usual = listeners * 1e9 / settings.interval().toNanos();
    long seed = options.seed == null ? settings.seed() : options.seed;
    if (options.from == null && options.to == null) {
      long count = options.count == null ? ENDLESS : options.count;
      Rate rate = options.rate == null ? new Rate(usual) : options.rate;
      return new RunPlan(listeners, seed, count, rate, null, options.manifest);
    }
    TimeRange range = TimeRange.past(options.from, options.to, now);
    long count =
        options.count == null ? inRange(range, listeners, settings.interval()) : options.count;
    range.requireRoom(listeners, count);
    return new RunPlan(
        listeners,
        seed,
        count,
        options.rate == null ? Rate.MAX : options.rate,
        range,
        options.manifest);
  }

  private static long inRange(TimeRange range, int listeners, Duration interval) {
    double count = Math.floor((double) listeners * range.milliseconds() / interval.toMillis());
    if (count < 1 || count > MAX_COUNT) {
      throw new IllegalArgumentException(
          "--from and --to: playlog.producer.interval gives %.0f listens for this time, expected 1 to %d; set --count"
              .formatted(count, MAX_COUNT));
    }
    return (long) count;
  }

  /** One line for logs. */
  String summary() {
    return "%s of %d listeners, %s a second, %s, seed %d"
        .formatted(
            isEndless() ? "Listens until stopped" : count + " listens",
            listeners,
            rate.isMax() ? "as many as possible" : "%.1f".formatted(rate.perSecond()),
            range == null ? "live" : range.summary(),
            seed);
  }

  boolean isEndless() {
    return count == ENDLESS;
  }
}
