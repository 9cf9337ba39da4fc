package io.playlog.producer.run;

import io.playlog.cli.TimeRange;
import io.playlog.config.ProducerSettings;
import io.playlog.listen.ListenParser;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

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
   * @param command for its errors
   * @throws ParameterException if the options contradict each other, or there is no room for the
   *     listens
   */
  public static RunPlan of(
      CommandSpec command, RunOptions options, ProducerSettings settings, Instant now) {
    if (options.count != null && (options.count < 1 || options.count > MAX_COUNT)) {
      throw refused(command, "--count: found %d, expected 1 to %d", options.count, MAX_COUNT);
    }
    int listeners = settings.listeners() + 1;
    double usual = listeners * 1e9 / settings.interval().toNanos();
    long seed = options.seed == null ? settings.seed() : options.seed;
    if (options.from == null && options.to == null) {
      long count = options.count == null ? ENDLESS : options.count;
      Rate rate = options.rate == null ? new Rate(usual) : options.rate;
      return new RunPlan(listeners, seed, count, rate, null, options.manifest);
    }
    TimeRange range = past(command, options, now);
    long milliseconds = Duration.between(range.from(), range.to()).toMillis();
    long count =
        options.count == null
            ? usualCount(command, listeners, milliseconds, settings.interval())
            : options.count;
    // A listener's instants strictly increase, so each listen needs a millisecond of its own.
    long each = (count + listeners - 1) / listeners;
    if (each > milliseconds) {
      throw refused(
          command,
          "--from and --to: %d ms have no room for %d listens of each listener, at most one a millisecond",
          milliseconds,
          each);
    }
    return new RunPlan(
        listeners,
        seed,
        count,
        options.rate == null ? Rate.MAX : options.rate,
        range,
        options.manifest);
  }

  private static TimeRange past(CommandSpec command, RunOptions options, Instant now) {
    if (options.from == null || options.to == null) {
      throw refused(command, "--from and --to go together");
    }
    TimeRange range = TimeRange.check(command, options.from, options.to);
    if (range.from().isBefore(ListenParser.EARLIEST)) {
      throw refused(
          command, "--from: found %s, expected %s or later", range.from(), ListenParser.EARLIEST);
    }
    if (range.to().isAfter(now)) {
      throw refused(
          command, "--to: found %s, expected an instant that is over (now: %s)", range.to(), now);
    }
    return range;
  }

  /** As many as a live run has in that time. */
  private static long usualCount(
      CommandSpec command, int listeners, long milliseconds, Duration interval) {
    double count = Math.floor((double) listeners * milliseconds / interval.toMillis());
    if (count < 1 || count > MAX_COUNT) {
      throw refused(
          command,
          "--from and --to: playlog.producer.interval gives %.0f listens for this time, expected 1 to %d; set --count",
          count,
          MAX_COUNT);
    }
    return (long) count;
  }

  private static ParameterException refused(
      CommandSpec command, String message, Object... arguments) {
    return new ParameterException(command.commandLine(), message.formatted(arguments));
  }

  /** One line for logs. */
  String summary() {
    return "%s of %d listeners, %s a second, %s, seed %d"
        .formatted(
            isEndless() ? "Listens until stopped" : count + " listens",
            listeners,
            rate.isMax() ? "as many as possible" : "%.1f".formatted(rate.perSecond()),
            range == null ? "live" : "from %s to %s".formatted(range.from(), range.to()),
            seed);
  }

  boolean isEndless() {
    return count == ENDLESS;
  }
}
