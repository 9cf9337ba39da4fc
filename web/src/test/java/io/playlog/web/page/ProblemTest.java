package io.playlog.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.store.Counts;
import io.playlog.web.sample.Snapshot;
import io.playlog.web.sample.Snapshot.Partition;
import io.playlog.web.sample.Snapshot.Stream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A backlog, which is a problem unless it gets smaller. */
class ProblemTest {
  private static final Instant NOW = Instant.parse("2026-11-22T13:20:00Z");

  /**
   * @param lag messages that are not stored, and how many they were before
   * @param age of the oldest one in seconds
   * @param silent seconds since something was stored
   */
  private static List<String> problems(long lag, long before, double age, long silent) {
    Stream stream =
        new Stream(
            NOW,
            List.of(new Partition(0, 0, 90, 90 + lag, OptionalDouble.of(age))),
            Counts.NONE,
            0,
            Optional.empty(),
            List.of(),
            silent < 0 ? Optional.empty() : Optional.of(NOW.minusSeconds(silent)),
            before < 0 ? OptionalLong.empty() : OptionalLong.of(before));
    return Problem.of(
            new Snapshot(
                NOW, Optional.of(stream), Optional.empty(), OptionalLong.empty(), List.of()))
        .stream()
        .map(Problem::words)
        .toList();
  }

  @Test
  void aStreamThatStoresNothing() {
    assertThat(problems(70_000, -1, 121, 121))
        .containsExactly(
            "70,000 messages are not stored, the oldest came 2 min 1 s ago, and the stream has"
                + " stored nothing since 2026-11-22 13:17:59 UTC.");
    assertThat(problems(7, -1, 600, -1))
        .singleElement()
        .asString()
        .endsWith("nothing since it was first started.");
  }

  @Test
  void aQuietTopicIsWellAndSoIsItsFirstMessage() {
    assertThat(problems(0, 0, 0, 7200)).isEmpty();
    assertThat(problems(1, 0, 0.5, 7200)).isEmpty();
  }

  @Test
  void oneThatFallsBehind() {
    assertThat(problems(5000, 5000, 301, 1))
        .containsExactly(
            "The stream falls behind: 5,000 messages are not stored, as many as 5 min 0 s ago or"
                + " more, and the oldest came 5 min 1 s ago.");
    assertThat(problems(5000, 5001, 301, 1)).isEmpty();
    assertThat(problems(5000, -1, 301, 1)).isEmpty();
    assertThat(problems(5000, 4000, 299, 1)).isEmpty();
  }
}
