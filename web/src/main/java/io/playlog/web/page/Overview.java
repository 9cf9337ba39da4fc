package io.playlog.web.page;

import io.playlog.listen.Hour;
import io.playlog.store.Hours;
import io.playlog.web.sample.Snapshot;
import java.time.Instant;
import java.util.List;

/** The first page. */
public record Overview(Snapshot snapshot) {
  private static final int HOURS = 12;

  /** The newest hours with listens. */
  public List<HourState> hours() {
    return snapshot.reports().stream()
        .flatMap(
            reports ->
                reports.hours().descendingMap().entrySet().stream()
                    .map(entry -> HourState.of(entry.getKey(), entry.getValue())))
        .limit(HOURS)
        .toList();
  }

  /**
   * An hour and its report.
   *
   * @param state in words
   * @param since when the last report came to its end, or the unfinished one began; null before the
   *     first
   */
  public record HourState(
      Hour hour, String state, boolean complete, Instant since, long listens, int listeners) {
    /** Of an hour of which something is known. */
    public static HourState of(Hour hour, Hours.State state) {
      if (state.run().isEmpty()) {
        boolean over = !hour.end().isAfter(Instant.now());
        return new HourState(hour, over ? "not reported yet" : "still running", false, null, 0, 0);
      }
      var run = state.run().get();
      if (!run.complete()) {
        return new HourState(
            hour, "unfinished", false, run.startedAt(), run.listens(), run.listeners());
      }
      String words = state.isDue() ? "complete, but listens came since" : "complete";
      return new HourState(
          hour, words, !state.isDue(), run.finishedAt(), run.listens(), run.listeners());
    }
  }

  /** What there is to worry about. */
  public List<Problem> problems() {
    return Problem.of(snapshot);
  }
}
