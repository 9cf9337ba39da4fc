package io.playlog.jobs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.jobs.progress.Counts;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BatchLineTest {
  private static final long NOON = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();

  private final BatchLine line = new BatchLine();

  @Test
  void tellsOfABatch() {
    assertThat(line.isEmpty()).isTrue();
    line.add(7, 103, 0.5, new Counts(100, 2, 1, 3, NOON), "9");
    assertThat(line.isEmpty()).isFalse();
    assertThat(line)
        .hasToString(
            "Batch 7: in 103, stored 100 (unmatched 2, late 1), dead-lettered 3, in 0.5 s (206/s), left 9, newest event 2026-11-22T12:00:00Z");
  }

  @Test
  void tellsOfSeveralTogether() {
    line.add(7, 100, 0.5, new Counts(100, 2, 0, 0, NOON), "9");
    line.add(8, 9, 0.1, new Counts(8, 0, 0, 1, NOON - 1), "0");
    line.add(9, 1, 0.4, new Counts(0, 0, 0, 1, Long.MIN_VALUE), "5");
    assertThat(line)
        .hasToString(
            "Batches 7 to 9: in 110, stored 108 (unmatched 2, late 0), dead-lettered 2, in 1.0 s (110/s), left 5, newest event 2026-11-22T12:00:00Z");
  }
}
