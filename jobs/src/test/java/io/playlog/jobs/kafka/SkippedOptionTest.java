package io.playlog.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.playlog.kafka.OffsetRange;
import io.playlog.kafka.SkippedRanges;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SkippedOptionTest {
  private static final SkippedRanges SKIPPED =
      SkippedRanges.of(Map.of(3, List.of(new OffsetRange(10, 22), new OffsetRange(30, 35))));

  @Test
  void readsWhatItWrites() {
    String text = SkippedOption.of(SKIPPED);
    assertThat(text).isEqualTo("{\"3\":[[10,22],[30,35]]}");
    assertThat(SkippedOption.read(text).of(3)).isEqualTo(SKIPPED.of(3));
    assertThat(SkippedOption.read(SkippedOption.of(SkippedRanges.NONE)).of(3)).isEmpty();
    assertThatIllegalStateException().isThrownBy(() -> SkippedOption.read("7"));
  }
}
