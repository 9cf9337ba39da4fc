package io.playlog.jobs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.store.Counts;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BatchLogTest {
  private static final long NOON = Instant.parse("2026-11-22T12:00:00Z").toEpochMilli();

  private final BatchLog.Line line = new BatchLog.Line();

  @Test
  void tellsOfABatch() {
    assertThat(line.isEmpty()).isTrue();
    line.add(
        7,
        103,
        0.5,
        new Counts(100, 4, 2, Map.of("not-json", 1L, "song-blank", 2L), NOON),
        OptionalLong.of(9));
    assertThat(line.isEmpty()).isFalse();
    assertThat(line)
        .hasToString(
            "Batch 7: in 103, stored 100 (folded 4, unmatched 2), dead-lettered 3, in 0.5 s (206/s), lag 9, newest event 2026-11-22T12:00:00Z");
  }

  @Test
  void tellsOfSeveralTogether() {
    line.add(7, 100, 0.5, new Counts(100, 1, 2, Map.of(), NOON), OptionalLong.of(9));
    line.add(8, 9, 0.1, new Counts(8, 2, 0, Map.of("not-json", 1L), NOON - 1), OptionalLong.of(0));
    line.add(
        9,
        1,
        0.4,
        new Counts(0, 0, 0, Map.of("not-json", 1L), Long.MIN_VALUE),
        OptionalLong.empty());
    assertThat(line)
        .hasToString(
            "Batches 7 to 9: in 110, stored 108 (folded 3, unmatched 2), dead-lettered 2, in 1.0 s (110/s), lag unknown, newest event 2026-11-22T12:00:00Z");
  }
}
