package io.playlog.web.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RatesTest {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  /** Any: the clock has no zero. */
  private static final long START = Long.MAX_VALUE - 3 * MINUTE;

  private final Rates rates = new Rates();

  @Test
  void aMinuteThatWasNotWatchedIsUnknown() {
    assertThat(rates.perMinute(START)).isEmpty();
    rates.add(START, 1000);
    rates.add(START + MINUTE / 2, 1100);
    assertThat(rates.perMinute(START + MINUTE / 2)).isEmpty();
  }

  @Test
  void growsEvenlyBetweenSamples() {
    rates.add(START, 1000);
    rates.add(START + 2 * MINUTE, 1200);
    assertThat(rates.perMinute(START + 2 * MINUTE)).containsExactly(100.0, 100.0);
  }

  @Test
  void theNewestComesLast() {
    rates.add(START, 0);
    rates.add(START + MINUTE, 60);
    rates.add(START + 2 * MINUTE, 90);
    assertThat(rates.perMinute(START + 2 * MINUTE)).containsExactly(60.0, 30.0);
  }

  @Test
  void anHourIsKept() {
    for (int minute = 0; minute < 200; minute++) {
      rates.add(START + minute * MINUTE, minute * 7L);
    }
    assertThat(rates.perMinute(START + 199 * MINUTE)).hasSize(60).containsOnly(7.0);
  }

  @Test
  void aNewTopicCountsFromZeroAgain() {
    rates.add(START, 5000);
    rates.add(START + MINUTE, 10);
    assertThat(rates.perMinute(START + MINUTE)).isEmpty();
  }
}
