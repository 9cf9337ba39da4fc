package io.playlog.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OffsetsTest {
  private static final Offsets OFFSETS = Offsets.of(Map.of(0, 12L, 1, 7L));

  @Test
  void countsWhereItIsAhead() {
    assertThat(OFFSETS.aheadOf(Offsets.of(Map.of(0, 10L, 1, 9L)))).isEqualTo(2);
    assertThat(OFFSETS.aheadOf(OFFSETS)).isZero();
    assertThat(OFFSETS.aheadOf(Offsets.NONE)).isEqualTo(19);
    assertThat(Offsets.NONE.aheadOf(OFFSETS)).isZero();
  }

  @Test
  void theFurthestOfEachPartition() {
    assertThat(OFFSETS.max(Offsets.of(Map.of(1, 9L, 2, 1L))))
        .isEqualTo(Offsets.of(Map.of(0, 12L, 1, 9L, 2, 1L)));
  }

  @Test
  void anAbsentPartitionHasNoPosition() {
    assertThat(OFFSETS.has(2)).isFalse();
    assertThat(OFFSETS.of(2)).isZero();
    assertThat(OFFSETS).hasToString("{0=12, 1=7}");
  }
}
