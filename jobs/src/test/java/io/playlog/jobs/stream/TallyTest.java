package io.playlog.jobs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.jobs.progress.Counts;
import io.playlog.listen.Listen;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final Instant HOUR = Instant.parse("2026-11-22T13:00:00Z");
  private static final Instant NEXT = HOUR.plusSeconds(3600);

  private static Listen at(Instant instant) {
    return new Listen("n", "s", instant.toEpochMilli());
  }

  @Test
  void countsWhatBecameOfMessages() {
    Tally tally = new Tally(2, 0);
    tally.listen(5, at(HOUR), true, true);
    tally.listen(6, at(NEXT), false, false);
    tally.deadLetter(7);
    tally.listen(8, at(HOUR.plusMillis(1)), true, false);

    Counts expected = new Counts(3, 1, 1, 1, NEXT.toEpochMilli());
    assertThat(tally.result())
        .isEqualTo(new TaskResult(2, expected, expected, Map.of(HOUR, 8L, NEXT, 6L)));
  }

  @Test
  void aReplayTouchesNoHourAndCountsNothingTwice() {
    Tally tally = new Tally(0, 7);
    tally.listen(5, at(HOUR), true, true);
    tally.deadLetter(6);
    tally.listen(7, at(NEXT), true, false);

    TaskResult result = tally.result();
    assertThat(result.all()).isEqualTo(new Counts(2, 0, 1, 1, NEXT.toEpochMilli()));
    assertThat(result.first()).isEqualTo(new Counts(1, 0, 0, 0, NEXT.toEpochMilli()));
    assertThat(result.hoursTouched()).isEqualTo(Map.of(NEXT, 7L));
  }
}
