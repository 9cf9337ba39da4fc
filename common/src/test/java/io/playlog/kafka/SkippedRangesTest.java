package io.playlog.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SkippedRangesTest {
  private static final SkippedRanges SKIPPED =
      SkippedRanges.of(Map.of(3, List.of(range(30, 35), range(10, 20), range(15, 22))));

  private static OffsetRange range(long start, long end) {
    return new OffsetRange(start, end);
  }

  @Test
  void thatOverlapAreOne() {
    assertThat(SKIPPED.of(3)).containsExactly(range(10, 22), range(30, 35));
    assertThat(SKIPPED.of(0)).isEmpty();
  }

  @Test
  void leaveWhatIsBetween() {
    assertThat(SKIPPED.leave(3, range(0, 100)))
        .containsExactly(range(0, 10), range(22, 30), range(35, 100));
    assertThat(SKIPPED.leave(3, range(10, 35))).containsExactly(range(22, 30));
    assertThat(SKIPPED.leave(3, range(12, 20))).isEmpty();
    assertThat(SKIPPED.leave(3, range(7, 7))).isEmpty();
    assertThat(SKIPPED.leave(0, range(0, 100))).containsExactly(range(0, 100));
  }

  /** Each offset is either left or skipped. */
  @Test
  void divideEveryRange() {
    for (long start = 0; start < 40; start++) {
      for (long end = start; end < 40; end++) {
        OffsetRange all = range(start, end);
        List<OffsetRange> left = SKIPPED.leave(3, all);
        List<OffsetRange> skipped = SKIPPED.within(Map.of(3, all)).get(3);
        LongStream.range(start, end)
            .forEach(
                offset ->
                    assertThat(left.stream().anyMatch(some -> some.contains(offset)))
                        .isNotEqualTo(skipped.stream().anyMatch(some -> some.contains(offset))));
        assertThat(
                LongStream.concat(
                        left.stream().mapToLong(OffsetRange::size),
                        skipped.stream().mapToLong(OffsetRange::size))
                    .sum())
            .isEqualTo(end - start);
      }
    }
  }
}
