package io.playlog.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HoursTest {
  private static Optional<ReportRuns.Run> complete(Map<String, Long> offsets) {
    return Optional.of(new ReportRuns.Run(true, offsets, null, 0, 0, 0, null));
  }

  private static boolean isDue(Map<String, Long> touched, Optional<ReportRuns.Run> run) {
    return new Hours.State(touched, run).isDue();
  }

  @Test
  void neverPublishedIsDue() {
    assertThat(isDue(Map.of(), Optional.empty())).isTrue();
  }

  @Test
  void unfinishedIsDue() {
    assertThat(
            isDue(Map.of(), Optional.of(new ReportRuns.Run(false, Map.of(), null, 0, 0, 0, null))))
        .isTrue();
  }

  @Test
  void publishedAndUntouchedIsNotDue() {
    assertThat(isDue(Map.of("t/0", 9L), complete(Map.of("t/0", 9L)))).isFalse();
    assertThat(isDue(Map.of(), complete(Map.of()))).isFalse();
  }

  @Test
  void aReplayIsNotDue() {
    assertThat(isDue(Map.of("t/0", 5L), complete(Map.of("t/0", 9L)))).isFalse();
  }

  @Test
  void aLateListenIsDue() {
    assertThat(isDue(Map.of("t/0", 10L), complete(Map.of("t/0", 9L)))).isTrue();
    assertThat(isDue(Map.of("t/0", 9L, "t/1", 0L), complete(Map.of("t/0", 9L)))).isTrue();
  }

  @Test
  void aRecreatedTopicIsAnotherTopic() {
    assertThat(isDue(Map.of("old/0", 9L, "new/0", 0L), complete(Map.of("old/0", 9L)))).isTrue();
  }
}
