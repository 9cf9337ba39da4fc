package io.playlog.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WriteTimestampsTest {
  @Test
  void countsInMicroseconds() {
    assertThat(WriteTimestamps.ofClock(Instant.parse("1970-01-01T00:00:01.000002Z")))
        .isEqualTo(1_000_002);
  }

  @Test
  void isTheClocksAboveWhatIsOlder() {
    long before = WriteTimestamps.ofClock(Instant.now());

    assertThat(WriteTimestamps.ofClockAbove(Long.MIN_VALUE)).isGreaterThanOrEqualTo(before);
    assertThat(WriteTimestamps.ofClockAbove(before - 1_000_000)).isGreaterThanOrEqualTo(before);
  }

  @Test
  void isTheNextOneAboveWhatAClockAheadWrote() {
    long ahead = WriteTimestamps.ofClock(Instant.now().plus(Duration.ofDays(366)));

    assertThat(WriteTimestamps.ofClockAbove(ahead)).isEqualTo(ahead + 1);
    assertThat(WriteTimestamps.ofClockAbove(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
  }
}
