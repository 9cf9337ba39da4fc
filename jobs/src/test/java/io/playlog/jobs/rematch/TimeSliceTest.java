package io.playlog.jobs.rematch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeSliceTest {
  private static final Instant ONE = Instant.parse("2026-11-22T13:00:00Z");
  private static final Instant TWO = ONE.plusSeconds(3600);
  private static final Instant THREE = TWO.plusSeconds(3600);

  @Test
  void hoursThatAreWhole() {
    assertThat(TimeSlice.of(ONE, THREE))
        .containsExactly(new TimeSlice(ONE, ONE, TWO), new TimeSlice(TWO, TWO, THREE));
  }

  @Test
  void partsOfHours() {
    Instant from = ONE.plusSeconds(1);
    Instant to = THREE.plusMillis(1);
    assertThat(TimeSlice.of(from, to))
        .containsExactly(
            new TimeSlice(ONE, from, TWO),
            new TimeSlice(TWO, TWO, THREE),
            new TimeSlice(THREE, THREE, to));
    assertThat(TimeSlice.of(from, TWO.minusMillis(1)))
        .containsExactly(new TimeSlice(ONE, from, TWO.minusMillis(1)));
  }

  @Test
  void noTime() {
    assertThat(TimeSlice.of(TWO, TWO)).isEmpty();
    assertThat(TimeSlice.of(TWO, ONE)).isEmpty();
  }
}
