package io.playlog.jobs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchOffsetsTest {
  @Test
  void readsSparksForm() {
    assertThat(BatchOffsets.parse("{\"spotify\":{\"1\":7,\"0\":12}}", "spotify"))
        .isEqualTo(Map.of(0, 12L, 1, 7L));
  }

  @Test
  void refusesAnotherForm() {
    assertThatIllegalStateException()
        .isThrownBy(() -> BatchOffsets.parse("12", "spotify"))
        .withMessage("Spark's offsets have an unknown form: 12");
  }
}
