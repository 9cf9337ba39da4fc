package io.playlog.web.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LagHistoryTest {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final LagHistory history = new LagHistory();

  @Test
  void knowsWhatWasFiveMinutesAgo() {
    assertThat(history.before(0)).isEmpty();
    for (long minute = 0; minute < 10; minute++) {
      history.add(minute * MINUTE, 100 * minute);
      if (minute < 5) {
        assertThat(history.before(minute * MINUTE)).isEmpty();
      } else {
        assertThat(history.before(minute * MINUTE)).hasValue(100 * (minute - 5));
      }
    }
  }

  @Test
  void whereNobodyLookedNobodyKnows() {
    history.add(0, 7);
    assertThat(history.before(9 * MINUTE)).hasValue(7);
    assertThat(history.before(10 * MINUTE)).isEmpty();
    history.add(60 * MINUTE, 8);
    assertThat(history.before(60 * MINUTE)).isEmpty();
    assertThat(history.before(65 * MINUTE)).hasValue(8);
  }
}
