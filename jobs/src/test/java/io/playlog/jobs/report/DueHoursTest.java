package io.playlog.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DueHoursTest {
  private static Optional<ReportRuns.Run> complete(Map<String, Long> offsets) {
    return Optional.of(new ReportRuns.Run(true, offsets));
  }

  @Test
  void neverPublishedIsDue() {
    assertThat(DueHours.isDue(Map.of(), Optional.empty())).isTrue();
  }

  @Test
  void unfinishedIsDue() {
    assertThat(DueHours.isDue(Map.of(), Optional.of(new ReportRuns.Run(false, Map.of())))).isTrue();
  }

  @Test
  void publishedAndUntouchedIsNotDue() {
    assertThat(DueHours.isDue(Map.of("t/0", 9L), complete(Map.of("t/0", 9L)))).isFalse();
    assertThat(DueHours.isDue(Map.of(), complete(Map.of()))).isFalse();
  }

  @Test
  void aReplayIsNotDue() {
    assertThat(DueHours.isDue(Map.of("t/0", 5L), complete(Map.of("t/0", 9L)))).isFalse();
  }

  @Test
  void aLateListenIsDue() {
    assertThat(DueHours.isDue(Map.of("t/0", 10L), complete(Map.of("t/0", 9L)))).isTrue();
    assertThat(DueHours.isDue(Map.of("t/0", 9L, "t/1", 0L), complete(Map.of("t/0", 9L)))).isTrue();
  }

  @Test
  void aTopicMadeAgainIsAnotherTopic() {
    assertThat(DueHours.isDue(Map.of("old/0", 9L, "new/0", 0L), complete(Map.of("old/0", 9L))))
        .isTrue();
  }
}
