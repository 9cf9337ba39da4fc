package io.playlog.jobs.rematch;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.cli.TimeRange;
import io.playlog.listen.Hour;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RematchTest {
  private static final Hour HOUR = Hour.parse("2026-11-22T13:00Z");
  private static final Instant START = HOUR.start();
  private static final Instant END = HOUR.end();

  private static TimeRange part(Instant from, Instant to) {
    return Rematch.part(HOUR, new TimeRange(from, to));
  }

  @Test
  void wholeHours() {
    assertThat(part(START, END)).isEqualTo(new TimeRange(START, END));
    assertThat(part(START.minusSeconds(1), END.plusSeconds(1)))
        .isEqualTo(new TimeRange(START, END));
  }

  @Test
  void partsOfAnHour() {
    assertThat(part(START.plusMillis(1), END.minusMillis(1)))
        .isEqualTo(new TimeRange(START.plusMillis(1), END.minusMillis(1)));
  }
}
