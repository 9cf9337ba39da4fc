package io.playlog.jobs.summary;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.store.ReportRuns.Run;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NarrowHourTest {
  private static boolean isPossible(long listens, int listeners) {
    Run run = new Run(true, Map.of(), Instant.EPOCH, 0, listens, listeners, Instant.EPOCH);
    return NarrowHour.isPossible(Optional.of(run));
  }

  private static Map<String, Integer> songs(int count) {
    return IntStream.range(0, count).boxed().collect(toMap(number -> "s" + number, n -> n));
  }

  @Test
  void anHourWhoseLastReportReadManyListensIsSharedByAllTasks() {
    assertThat(NarrowHour.isPossible(Optional.empty())).isTrue();
    assertThat(isPossible(100_000, 60)).isTrue();
    assertThat(isPossible(1_000_000, 60)).isFalse();
    assertThat(isPossible(100_000, 100_000)).isFalse();
  }

  @Test
  void asManyHoursAreReadAtATimeAsTheirSongsAllow() {
    assertThat(SummarizeHours.isFull(List.of())).isFalse();
    assertThat(SummarizeHours.isFull(Collections.nCopies(127, songs(3)))).isFalse();
    assertThat(SummarizeHours.isFull(Collections.nCopies(128, songs(3)))).isTrue();
    assertThat(SummarizeHours.isFull(Collections.nCopies(3, songs(6_000)))).isFalse();
    assertThat(SummarizeHours.isFull(Collections.nCopies(4, songs(6_000)))).isTrue();
    assertThat(SummarizeHours.isFull(List.of(songs(20_000)))).isTrue();
  }
}
