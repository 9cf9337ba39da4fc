package io.playlog.jobs.rematch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HoursMadeDueTest {
  private static final Instant HOUR = Instant.parse("2026-11-22T13:00:00Z");

  @Test
  void saysHowManyAndWhich() {
    HoursMadeDue hours = new HoursMadeDue(HOUR);
    assertThat(hours).hasToString("0");
    hours.add(HOUR.minusSeconds(3600));
    assertThat(hours).hasToString("1 (2026-11-22T12:00:00Z)");
    hours.add(HOUR);
    hours.add(HOUR.plusSeconds(3600));
    assertThat(hours)
        .hasToString("3 (the first 2026-11-22T12:00:00Z, the last 2026-11-22T14:00:00Z)");
    assertThat(hours.beforeLookback()).isEqualTo(1);
  }
}
