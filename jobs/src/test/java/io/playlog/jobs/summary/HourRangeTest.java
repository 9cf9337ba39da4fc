package io.playlog.jobs.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.jobs.LogLines;
import io.playlog.listen.Hour;
import io.playlog.store.Hours.State;
import io.playlog.store.ReportRuns.Run;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HourRangeTest {
  private static final Hour FROM = Hour.parse("2026-11-22T13:00Z");
  private static final Hour TO = new Hour(FROM.sinceEpoch() + 5);
  private static final Instant ASKED = Instant.parse("2026-11-26T13:00:00.5Z");

  private final NavigableMap<Hour, State> known = new TreeMap<>();

  private static Hour hour(int number) {
    return new Hour(FROM.sinceEpoch() + number);
  }

  private static State published(Instant began, boolean complete, long touched) {
    Run run = new Run(complete, Map.of("t/0", 1L), began, 0, 0, 0, began);
    return new State(Map.of("t/0", touched), Optional.of(run));
  }

  private static HourRange range(Instant since) {
    return new HourRange(FROM, TO, Optional.ofNullable(since));
  }

  @Test
  void hasAllHoursThatAreKnownNewestFirst() {
    for (int number : new int[] {-1, 0, 2, 4, 5}) {
      known.put(hour(number), published(ASKED, true, 1));
    }
    try (LogLines log = new LogLines()) {
      assertThat(range(null).hours(known, ASKED)).containsExactly(hour(4), hour(2), hour(0));
      assertThat(log.beginning("")).isEmpty();
    }
  }

  @Test
  void goesOnWithThoseThatWereNotPublishedSinceItWasAskedFor() {
    known.put(hour(0), State.NONE);
    known.put(hour(1), published(ASKED.minusMillis(1), true, 1));
    known.put(hour(2), published(ASKED, true, 1));
    known.put(hour(3), published(ASKED, false, 1));
    known.put(hour(4), published(ASKED, true, 2));
    try (LogLines log = new LogLines()) {
      assertThat(range(ASKED).hours(known, ASKED))
          .containsExactly(hour(4), hour(3), hour(1), hour(0));
      assertThat(log.beginning(""))
          .containsExactly(
              "INFO Left out 1 hours of the range, which were published since " + ASKED);
    }
  }

  @Test
  void saysFromWhenOnItsHoursAreNotOver() {
    known.put(hour(1), State.NONE);
    known.put(hour(2), State.NONE);
    try (LogLines log = new LogLines()) {
      assertThat(range(null).hours(known, hour(2).end().minusMillis(1))).containsExactly(hour(1));
      assertThat(range(null).hours(known, FROM.start().minusSeconds(9999))).isEmpty();
      assertThat(log.beginning("WARN"))
          .containsExactly(
              "WARN Left out the hours of the range from "
                  + hour(2)
                  + " on: they, or their grace periods, are not over",
              "WARN Left out the hours of the range from "
                  + FROM
                  + " on: they, or their grace periods, are not over");
    }
  }

  @Test
  void saysThatNobodyListenedAndNotThatNothingIsDue() {
    known.put(hour(5), State.NONE);
    try (LogLines log = new LogLines()) {
      assertThat(range(null).hours(known, ASKED)).isEmpty();
      assertThat(log.beginning(""))
          .containsExactly(
              "INFO Nobody listened in the hours that are over of the range from %s to %s"
                  .formatted(FROM, TO));
    }
  }
}
