package io.playlog.web.submission;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import io.playlog.web.submission.RateLimits.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
  private final Clock clock = new Clock();
  private final RateLimits limits = new RateLimits(2, Duration.ofSeconds(10), clock);

  private static final class Clock implements TimeMeter {
    private long now = 1;

    @Override
    public long currentTimeNanos() {
      return now;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }

    private void pass(Duration time) {
      now += time.toNanos();
    }
  }

  @Test
  void eachListenerHasTheirRequestsWithinAWindow() {
    assertThat(limits.count("Ada")).isEqualTo(new Verdict(true, 2, 1, 10));
    clock.pass(Duration.ofMillis(4500));
    assertThat(limits.count("Ada")).isEqualTo(new Verdict(true, 2, 0, 6));
    assertThat(limits.count("Ada")).isEqualTo(new Verdict(false, 2, 0, 6));
    assertThat(limits.count("Bob")).isEqualTo(new Verdict(true, 2, 1, 10));
    clock.pass(Duration.ofMillis(5499));
    assertThat(limits.count("Ada")).isEqualTo(new Verdict(false, 2, 0, 1));
    clock.pass(Duration.ofMillis(1));
    assertThat(limits.count("Ada")).isEqualTo(new Verdict(true, 2, 1, 10));
  }

  @Test
  void whoWasAwayHasNoMoreThanAll() {
    limits.count("Ada");
    clock.pass(Duration.ofDays(1));
    assertThat(limits.count("Ada")).isEqualTo(new Verdict(true, 2, 1, 10));
  }
}
