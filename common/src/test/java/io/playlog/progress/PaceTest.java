package io.playlog.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
  private static String text(Work work, Duration elapsed) {
    return Pace.of(work, elapsed).toString();
  }

  private static Work messages(long done) {
    return Work.of("stored", "messages", () -> done);
  }

  @Test
  void aTotalGivesTheTimeLeft() {
    assertThat(text(messages(12_345).outOf(100_000), Duration.ofSeconds(3)))
        .isEqualTo("stored 12345 of 100000 messages (12 %), 4115/s, 21 s left");
  }

  @Test
  void withoutATotalNobodyKnowsWhenItEnds() {
    assertThat(text(messages(12_345), Duration.ofSeconds(3)))
        .isEqualTo("stored 12345 messages, 4115/s");
  }

  @Test
  void whatHasNotBegunHasNoRate() {
    assertThat(text(messages(0).outOf(100), Duration.ofSeconds(3)))
        .isEqualTo("stored 0 of 100 messages (0 %)");
  }

  @Test
  void nothingToDoIsDone() {
    assertThat(text(messages(0).outOf(0), Duration.ofSeconds(3)))
        .isEqualTo("stored 0 of 0 messages (100 %)");
  }

  /** A task that is run again counts again. */
  @Test
  void noMoreIsDoneThanThereIs() {
    assertThat(text(messages(101).outOf(100), Duration.ofSeconds(10)))
        .isEqualTo("stored 100 of 100 messages (100 %), 10/s, 0 s left");
  }

  @Test
  void partsOfTheSecondOfThreeHours() {
    Work hours = Work.of("summed up", "hours", () -> 24).inParts(16).outOf(48);
    assertThat(text(hours, Duration.ofMinutes(1)))
        .isEqualTo("summed up 1 of 3 hours (50 %), 1.5/min, 60 s left");
  }

  @Test
  void whatAPersonShouldKnowBesides() {
    assertThat(text(messages(10).noting(() -> "failed 3"), Duration.ofSeconds(1)))
        .isEqualTo("stored 10 messages, 10/s, failed 3");
    assertThat(text(messages(10).noting(() -> ""), Duration.ofSeconds(1)))
        .isEqualTo("stored 10 messages, 10/s");
  }

  @ParameterizedTest
  @CsvSource({"119, 119 s", "120, 2 min", "7199, 119 min", "7200, 2 h", "360000, 100 h"})
  void timeLeftIsAsExactAsItIsLong(long seconds, String words) {
    assertThat(text(messages(1).outOf(1 + seconds), Duration.ofSeconds(1)))
        .endsWith(", " + words + " left");
  }

  @Test
  void aTotalMayGrow() {
    long[] total = {10};
    Work work = messages(5).outOf(() -> total[0]);
    assertThat(Pace.of(work, Duration.ofSeconds(1)).left()).hasValue(Duration.ofSeconds(1));
    total[0] = 20;
    assertThat(Pace.of(work, Duration.ofSeconds(1)).left()).hasValue(Duration.ofSeconds(3));
  }
}
