package io.playlog.jobs.report;

import io.playlog.config.ReportSettings;
import io.playlog.jobs.progress.HoursTouched;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the hours that should be summed up. */
public final class DueHours {
  private final HoursTouched hoursTouched;
  private final ReportRuns runs;
  private final ReportSettings settings;

  public DueHours(HoursTouched hoursTouched, ReportRuns runs, ReportSettings settings) {
    this.hoursTouched = hoursTouched;
    this.runs = runs;
    this.settings = settings;
  }

  /**
   * Hours within {@code report.lookback} that are over, oldest first, and were never published,
   * left unfinished, or touched since. Before the first hour that was ever touched or published
   * there is nothing to publish; after it, an hour without listens is published too.
   */
  public List<Instant> find(Instant now) {
    List<Instant> due = new ArrayList<>();
    boolean begun = false;
    for (Instant hour = first(now); isOver(hour, now); hour = hour.plus(Duration.ofHours(1))) {
      Map<String, Long> touched = hoursTouched.read(hour);
      Optional<ReportRuns.Run> run = runs.read(hour);
      begun = begun || !touched.isEmpty() || run.isPresent();
      if (begun && isDue(touched, run)) {
        due.add(hour);
      }
    }
    return due;
  }

  /**
   * Hours that fell out of {@code report.lookback} while they were due, so that nothing publishes
   * them but a person; only as far back as the lookback once more.
   */
  public List<Instant> missed(Instant now) {
    List<Instant> missed = new ArrayList<>();
    Instant end = first(now);
    for (Instant hour = first(end); hour.isBefore(end); hour = hour.plus(Duration.ofHours(1))) {
      Map<String, Long> touched = hoursTouched.read(hour);
      if (!touched.isEmpty() && isDue(touched, runs.read(hour))) {
        missed.add(hour);
      }
    }
    return missed;
  }

  /** The newest hour within {@code report.lookback} whose summary is complete. */
  public Optional<Instant> lastPublished(Instant now) {
    Instant first = first(now);
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    while (!hour.isBefore(first)) {
      if (runs.read(hour).filter(ReportRuns.Run::complete).isPresent()) {
        return Optional.of(hour);
      }
      hour = hour.minus(Duration.ofHours(1));
    }
    return Optional.empty();
  }

  private Instant first(Instant now) {
    return now.minus(settings.lookback()).truncatedTo(ChronoUnit.HOURS);
  }

  private boolean isOver(Instant hour, Instant now) {
    return !hour.plus(Duration.ofHours(1)).plus(settings.grace()).isAfter(now);
  }

  static boolean isDue(Map<String, Long> touched, Optional<ReportRuns.Run> run) {
    if (run.isEmpty() || !run.get().complete()) {
      return true;
    }
    Map<String, Long> read = run.get().offsets();
    return touched.entrySet().stream()
        .anyMatch(offset -> offset.getValue() > read.getOrDefault(offset.getKey(), -1L));
  }
}
