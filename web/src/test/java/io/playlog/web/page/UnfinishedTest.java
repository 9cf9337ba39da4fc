package io.playlog.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.listen.Hour;
import io.playlog.store.Counts;
import io.playlog.store.Hours;
import io.playlog.store.ReportRuns.Run;
import io.playlog.web.history.DateRange;
import io.playlog.web.sample.Snapshot;
import io.playlog.web.sample.Snapshot.Partition;
import io.playlog.web.sample.Snapshot.Reports;
import io.playlog.web.sample.Snapshot.Stream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UnfinishedTest {
  private static final Instant NOW = Instant.parse("2026-11-22T13:30:00Z");
  private static final LocalDate TODAY = LocalDate.parse("2026-11-22");
  private static final Hours.State DUE = new Hours.State(Map.of("topic/0", 7L), Optional.empty());
  private static final Hours.State COMPLETE =
      new Hours.State(
          Map.of("topic/0", 7L),
          Optional.of(new Run(true, Map.of("topic/0", 7L), NOW, 1, 97, 5, NOW)));

  private static DateRange range(String from, String to, String zone) {
    return new DateRange(LocalDate.parse(from), LocalDate.parse(to), ZoneId.of(zone));
  }

  private static Snapshot snapshot(NavigableMap<Hour, Hours.State> hours, OptionalDouble lag) {
    return snapshot(hours, lag, NOW, NOW);
  }

  private static Snapshot snapshot(
      NavigableMap<Hour, Hours.State> hours,
      OptionalDouble lag,
      Instant streamAt,
      Instant reportsAt) {
    Partition partition = new Partition(0, 0, 90, 100, lag);
    return new Snapshot(
        NOW,
        Optional.of(
            new Stream(
                streamAt,
                List.of(partition),
                Counts.NONE,
                0,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                OptionalLong.empty())),
        Optional.of(new Reports(reportsAt, hours, List.of(), Optional.empty())),
        OptionalLong.empty(),
        List.of());
  }

  private static Unfinished unfinished(DateRange range, Map<String, Hours.State> states) {
    TreeMap<Hour, Hours.State> hours = new TreeMap<>();
    states.forEach((hour, state) -> hours.put(Hour.parse(hour), state));
    return Unfinished.of(range, snapshot(hours, OptionalDouble.of(0)), NOW).orElseThrow();
  }

  @Test
  void daysThatAreOverAndSummedUpAreComplete() {
    DateRange days = range("2026-11-20", "2026-11-21", "UTC");
    assertThat(unfinished(days, Map.of()).days()).isZero();
    assertThat(unfinished(days, Map.of("2026-11-20T23:00Z", COMPLETE)).days()).isZero();
    assertThat(unfinished(days, Map.of("2026-11-19T23:00Z", DUE)).days()).isZero();
    Unfinished found = unfinished(days, Map.of("2026-11-20T23:00Z", DUE));
    assertThat(found.days()).isEqualTo(1);
    assertThat(found.contains(days.from())).isTrue();
    assertThat(found.contains(days.to())).isFalse();
  }

  /** Midnight there is half past an hour of UTC. */
  @Test
  void anHourMayBelongToTwoDays() {
    DateRange days = range("2026-11-19", "2026-11-20", "Asia/Kolkata");
    assertThat(unfinished(days, Map.of("2026-11-19T18:00Z", DUE)).days()).isEqualTo(2);
  }

  @Test
  void todayAndAllDaysToComeAreUnfinished() {
    Unfinished found = unfinished(range("2026-11-20", "9999-12-31", "UTC"), Map.of());
    assertThat(found.contains(TODAY.minusDays(1))).isFalse();
    assertThat(found.contains(TODAY)).isTrue();
    assertThat(found.contains(TODAY.plusYears(1))).isTrue();
    assertThat(found.days())
        .isEqualTo(LocalDate.parse("9999-12-31").toEpochDay() - TODAY.toEpochDay() + 1);
    assertThat(unfinished(range("2027-01-01", "2027-01-02", "UTC"), Map.of()).days()).isEqualTo(2);
    assertThat(
            unfinished(range("2026-11-22", "2026-11-22", "UTC"), Map.of("2026-11-22T09:00Z", DUE))
                .days())
        .isEqualTo(1);
  }

  @Test
  void aDayWhoseMessagesAreNotStoredYetIsUnfinished() {
    DateRange days = range("2026-11-20", "2026-11-21", "UTC");
    Snapshot behind = snapshot(new TreeMap<>(), OptionalDouble.of(14 * 3600));
    assertThat(Unfinished.of(days, behind, NOW).orElseThrow().days()).isEqualTo(1);
  }

  /** The hours are read less often than the stream is looked at. */
  @Test
  void aDayThatWasNotOverWhenItWasLookedAtIsUnfinished() {
    DateRange days = range("2026-11-21", "2026-11-22", "UTC");
    Instant before = Instant.parse("2026-11-21T23:59:59Z");
    for (Snapshot old :
        List.of(
            snapshot(new TreeMap<>(), OptionalDouble.of(0), NOW, before),
            snapshot(new TreeMap<>(), OptionalDouble.of(0), before, NOW))) {
      assertThat(Unfinished.of(days, old, NOW).orElseThrow().days()).isEqualTo(2);
    }
  }

  @Test
  void withoutAnAnswerItIsNotKnown() {
    DateRange days = range("2026-11-20", "2026-11-21", "UTC");
    assertThat(Unfinished.of(days, snapshot(new TreeMap<>(), OptionalDouble.empty()), NOW))
        .isEmpty();
    Snapshot known = snapshot(new TreeMap<>(), OptionalDouble.of(0));
    for (Snapshot asked :
        List.of(
            new Snapshot(NOW, Optional.empty(), known.reports(), OptionalLong.empty(), List.of()),
            new Snapshot(NOW, known.stream(), Optional.empty(), OptionalLong.empty(), List.of()),
            new Snapshot(
                NOW,
                known.stream(),
                known.reports(),
                OptionalLong.empty(),
                List.of("no broker answers")))) {
      assertThat(Unfinished.of(days, asked, NOW)).isEmpty();
    }
  }

  /** In 2011 Samoa moved to the other side of the date line, and had no 30th of December. */
  @Test
  void aDayThatNeverWasHasNoHours() {
    DateRange day = range("2011-12-30", "2011-12-30", "Pacific/Apia");
    assertThat(unfinished(day, Map.of("2011-12-30T09:00Z", DUE)).days()).isZero();
  }
}
