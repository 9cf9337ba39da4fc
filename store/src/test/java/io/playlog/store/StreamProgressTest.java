package io.playlog.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.kafka.Offsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamProgressTest {
  private static long lag(Map<Integer, Long> endOffsets, Map<Integer, Long> stored) {
    return StreamProgress.lag(Offsets.of(endOffsets), Offsets.of(stored));
  }

  @Test
  void isZeroWhenEveryPartitionHasReachedItsEnd() {
    assertThat(lag(Map.of(0, 10L, 1, 0L), Map.of(0, 10L, 1, 0L))).isZero();
  }

  @Test
  void messagesThatCameLaterDoNotCount() {
    assertThat(lag(Map.of(0, 10L), Map.of(0, 25L))).isZero();
  }

  @Test
  void countsWhatIsNotStored() {
    assertThat(lag(Map.of(0, 10L, 1, 5L), Map.of(0, 7L, 1, 5L))).isEqualTo(3);
  }

  @Test
  void missingProgressIsNotCaughtUp() {
    assertThat(lag(Map.of(0, 10L), Map.of())).isEqualTo(10);
    assertThat(lag(Map.of(0, 0L), Map.of())).isEqualTo(1);
  }
}
