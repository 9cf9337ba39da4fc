package io.playlog.jobs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotedListenersTest {
  private static final HourShard HOUR = new HourShard(Instant.parse("2026-11-22T13:00:00Z"), 7);
  private static final HourShard NEXT = new HourShard(Instant.parse("2026-11-22T14:00:00Z"), 7);

  @Test
  void whatIsNotedIsMissingNoMoreInThatHour() {
    NotedListeners noted = new NotedListeners();
    Map<HourShard, List<String>> first = Map.of(HOUR, List.of("Ada", "Zoë"));
    assertThat(noted.missing(first)).isEqualTo(first);
    assertThat(noted.missing(first)).as("before it is acknowledged").isEqualTo(first);

    noted.add(first);
    assertThat(noted.missing(Map.of(HOUR, List.of("Ada", "Uma"), NEXT, List.of("Ada"))))
        .isEqualTo(Map.of(HOUR, List.of("Uma"), NEXT, List.of("Ada")));
  }

  @Test
  void forgetsWhenThereAreTooMany() {
    NotedListeners noted = new NotedListeners(1);
    noted.add(Map.of(HOUR, List.of("Ada", "Zoë")));
    noted.add(Map.of(HOUR, List.of("Uma")));
    assertThat(noted.missing(Map.of(HOUR, List.of("Ada", "Uma", "Zoë"))))
        .isEqualTo(Map.of(HOUR, List.of("Ada", "Zoë")));
  }

  @Test
  void isSharedByTheTasksOfARunAndEmptyInTheNext() {
    Map<HourShard, List<String>> names = Map.of(HOUR, List.of("Ada"));
    NotedListeners.ofRun("first").add(names);
    assertThat(NotedListeners.ofRun("first").missing(names)).isEqualTo(Map.of(HOUR, List.of()));
    assertThat(NotedListeners.ofRun("second").missing(names)).isEqualTo(names);
  }
}
