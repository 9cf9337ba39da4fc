package io.playlog.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.jobs.progress.Counts;
import io.playlog.jobs.progress.PartitionProgress;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GateTest {
  private static PartitionProgress upTo(int partition, long nextOffset) {
    return new PartitionProgress(partition, nextOffset, Counts.NONE);
  }

  @Test
  void opensWhenEveryPartitionHasReachedItsEnd() {
    assertThat(Gate.missing(Map.of(0, 10L, 1, 0L), Map.of(0, upTo(0, 10), 1, upTo(1, 0)))).isZero();
  }

  @Test
  void messagesThatCameLaterDoNotCount() {
    assertThat(Gate.missing(Map.of(0, 10L), Map.of(0, upTo(0, 25)))).isZero();
  }

  @Test
  void countsWhatIsMissing() {
    assertThat(Gate.missing(Map.of(0, 10L, 1, 5L), Map.of(0, upTo(0, 7), 1, upTo(1, 5))))
        .isEqualTo(3);
  }

  @Test
  void missingProgressIsNotCaughtUp() {
    assertThat(Gate.missing(Map.of(0, 10L), Map.of())).isEqualTo(10);
    assertThat(Gate.missing(Map.of(0, 0L), Map.of())).isEqualTo(1);
  }
}
