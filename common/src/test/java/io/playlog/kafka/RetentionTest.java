package io.playlog.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static Optional<Retention> retention(String retention, String segment) {
    return Retention.of(Map.of("retention.ms", retention, "segment.ms", segment));
  }

  @Test
  void aMessageLeavesWithItsSegment() {
    assertThat(retention("86400000", "3600000"))
        .contains(new Retention(Duration.ofDays(1), Duration.ofHours(25)));
  }

  @Test
  void withoutARetentionItStaysForEver() {
    assertThat(retention("-1", "3600000")).isEmpty();
  }

  @Test
  void theLongestThereAreDoNotOverflow() {
    String longest = String.valueOf(Long.MAX_VALUE);
    assertThat(retention(longest, longest).orElseThrow().latest())
        .isGreaterThan(Duration.ofMillis(Long.MAX_VALUE));
  }
}
