package io.playlog.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.playlog.kafka.Offsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicReaderTest {
  @Test
  void readsSparksForm() {
    assertThat(TopicReader.parseOffsets("{\"spotify\":{\"1\":7,\"0\":12}}", "spotify"))
        .isEqualTo(Offsets.of(Map.of(0, 12L, 1, 7L)));
  }

  @Test
  void refusesAnotherForm() {
    assertThatIllegalStateException()
        .isThrownBy(() -> TopicReader.parseOffsets("12", "spotify"))
        .withMessage("Spark's offsets have an unknown form: 12");
  }
}
