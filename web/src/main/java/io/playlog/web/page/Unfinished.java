package io.playlog.web.page;

import io.playlog.listen.Hour;
import io.playlog.store.Hours;
import io.playlog.web.history.DateRange;
import io.playlog.web.sample.Snapshot;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/**
 * The days of a range that may still get listens.
 *
 * @param due days before {@code open} that have an hour which is not summed up
 * @param open the first day that is not over, or of which messages may not be stored yet; all later
 *     ones are as it is
 */
public record Unfinished(DateRange range, Set<LocalDate> due, LocalDate open) {
  /**
   * An hour without listens has no state; it is final when all messages that came in it are stored,
   * and the hours have been read since.
   *
   * @return empty if it is not known, since Kafka or Cassandra has not answered
   */
  static Optional<Unfinished> of(DateRange range, Snapshot snapshot, Instant now) {
    if (!snapshot.problems().isEmpty() || snapshot.reports().isEmpty()) {
      return Optional.empty();
    }
    return snapshot.stream()
        .filter(Snapshot.Stream::isLagKnown)
        .map(stream -> knownUntil(stream, snapshot.reports().get(), now))
        .map(range::dayOf)
        .map(open -> new Unfinished(range, due(range, snapshot.reports().get(), open), open));
  }

  private static Instant knownUntil(Snapshot.Stream stream, Snapshot.Reports reports, Instant now) {
    long lag = Math.round(stream.lagSeconds().orElse(0) * 1000);
    return Collections.min(List.of(stream.at().minusMillis(lag), reports.at(), now));
  }

  private static Set<LocalDate> due(DateRange range, Snapshot.Reports reports, LocalDate open) {
    Set<LocalDate> days = new HashSet<>();
    // Where clocks skipped a whole day, that day has no hours.
    if (!range.start().isBefore(range.end())) {
      return days;
    }
    NavigableMap<Hour, Hours.State> known =
        reports
            .hours()
            .subMap(Hour.of(range.start()), true, Hour.of(range.end().minusMillis(1)), true);
    known.forEach(
        (hour, state) -> {
          if (state.isDue()) {
            days.add(range.dayOf(hour.start()));
            days.add(range.dayOf(hour.end().minusMillis(1)));
          }
        });
    days.removeIf(
        day -> day.isBefore(range.from()) || day.isAfter(range.to()) || !day.isBefore(open));
    return days;
  }

  boolean contains(LocalDate day) {
    return due.contains(day) || !day.isBefore(open);
  }

  /** How many. */
  public long days() {
    LocalDate first = open.isBefore(range.from()) ? range.from() : open;
    return due.size() + Math.max(0, ChronoUnit.DAYS.between(first, range.to()) + 1);
  }
}
