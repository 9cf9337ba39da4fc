package io.playlog.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.kafka.Offsets;
import io.playlog.kafka.Origin;
import io.playlog.listen.Listen;
import io.playlog.store.Forgotten.Mark;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The mark's offsets are 10 in partition 0, and none in partition 1, which was added later. */
class ForgottenListensTest {
  private static final Instant FROM = Instant.parse("2026-11-22T13:00:00Z");
  private static final Instant TO = FROM.plusSeconds(60);

  private static Mark mark(String topicId, Instant from, Instant to) {
    return new Mark(
        UUID.randomUUID(), topicId, "Ada", from, to, Offsets.of(Map.of(0, 10L)), false, false);
  }

  private static boolean holds(Mark mark, String name, Instant time, Origin origin) {
    ForgottenListens forgotten = ForgottenListens.of("id", List.of(mark));
    return forgotten.knows(name)
        && forgotten.holds(new Listen(name, "s", time.toEpochMilli()), origin);
  }

  private static boolean holds(Mark mark, Instant time, long offset) {
    return holds(mark, "Ada", time, new Origin(0, offset, false));
  }

  @Test
  void whatWasSentBeforeTheMarkAndNothingElse() {
    Mark mark = mark("id", null, null);
    assertThat(holds(mark, FROM, 0)).isTrue();
    assertThat(holds(mark, FROM, 9)).isTrue();
    assertThat(holds(mark, FROM, 10)).isFalse();
    assertThat(holds(mark, "Ada", FROM, new Origin(1, 0, false))).isFalse();
    assertThat(holds(mark, "ada", FROM, new Origin(0, 0, false))).isFalse();
  }

  @Test
  void ofItsTimeOnlyWhichIsHalfOpen() {
    Mark mark = mark("id", FROM, TO);
    assertThat(holds(mark, FROM.minusMillis(1), 0)).isFalse();
    assertThat(holds(mark, FROM, 0)).isTrue();
    assertThat(holds(mark, TO.minusMillis(1), 0)).isTrue();
    assertThat(holds(mark, TO, 0)).isFalse();
    assertThat(holds(mark("id", null, TO), FROM.minusSeconds(99), 0)).isTrue();
    assertThat(holds(mark("id", FROM, null), TO.plusSeconds(99), 0)).isTrue();
  }

  @Test
  void aTopicThatWasRecreatedCountsAnew() {
    assertThat(holds(mark("older", null, null), FROM, 0)).isFalse();
  }

  /** Its original may have been of either topic. */
  @Test
  void butAReplayedDeadLetterOfTheOlderTopicIsLeftOut() {
    assertThat(holds(mark("older", null, null), "Ada", FROM, new Origin(0, 9, true))).isTrue();
    assertThat(holds(mark("older", null, null), "Ada", FROM, new Origin(0, 10, true))).isFalse();
  }

  @Test
  void ofSeveralMarksEachHolds() {
    Instant later = TO.plusSeconds(60);
    ForgottenListens forgotten =
        ForgottenListens.of("id", List.of(mark("id", null, FROM), mark("id", TO, later)));
    assertThat(List.of(FROM.minusMillis(1), FROM, TO, later))
        .extracting(
            time ->
                forgotten.holds(
                    new Listen("Ada", "s", time.toEpochMilli()), new Origin(0, 1, false)))
        .containsExactly(true, false, true, false);
  }

  @Test
  void mostlyNobodyIsForgotten() {
    assertThat(ForgottenListens.of("id", List.of())).isSameAs(ForgottenListens.NONE);
    assertThat(ForgottenListens.NONE.knows("Ada")).isFalse();
  }
}
