package io.playlog.jobs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class NotedListenersTest {
  private static final HourShard HOUR = new HourShard(Instant.parse("2026-11-22T13:00:00Z"), 7);
  private static final HourShard NEXT = new HourShard(Instant.parse("2026-11-22T14:00:00Z"), 7);
  private static final Map<HourShard, List<String>> NAMES = Map.of(HOUR, List.of("Ada", "Zoë"));
  private static final Map<HourShard, List<String>> NONE = Map.of(HOUR, List.of());

  private final AtomicLong clock = new AtomicLong();

  private NotedListeners noted(long maxBytes) {
    return new NotedListeners(clock::get, maxBytes);
  }

  @Test
  void whatIsNotedIsMissingNoMoreInThatHour() {
    NotedListeners noted = noted(1_000_000);
    assertThat(noted.missing(NAMES)).isEqualTo(NAMES);
    assertThat(noted.missing(NAMES)).as("before it is acknowledged").isEqualTo(NAMES);

    noted.add(NAMES);
    assertThat(noted.missing(Map.of(HOUR, List.of("Ada", "Uma"), NEXT, List.of("Ada"))))
        .isEqualTo(Map.of(HOUR, List.of("Uma"), NEXT, List.of("Ada")));
  }

  @Test
  void forgetsWhenThereAreTooMany() {
    NotedListeners noted = noted(510);
    noted.add(NAMES);
    noted.add(NAMES);
    assertThat(noted.missing(NAMES)).as("300 and twice 100 and 6 bytes").isEqualTo(NAMES);

    NotedListeners larger = noted(512);
    larger.add(NAMES);
    larger.add(NAMES);
    assertThat(larger.missing(NAMES)).isEqualTo(NONE);
  }

  @Test
  void forgetsAfterAWhile() {
    NotedListeners noted = noted(1_000_000);
    noted.add(NAMES);
    clock.addAndGet(Duration.ofMinutes(10).toNanos());
    assertThat(noted.missing(NAMES)).isEqualTo(NONE);
    clock.addAndGet(1);
    assertThat(noted.missing(NAMES)).isEqualTo(NAMES);

    noted.add(NAMES);
    clock.addAndGet(Duration.ofMinutes(10).toNanos());
    assertThat(noted.missing(NAMES)).isEqualTo(NONE);
  }

  @Test
  void isSharedByTheTasksOfARunAndEmptyInTheNext() {
    NotedListeners.ofRun("first").add(NAMES);
    assertThat(NotedListeners.ofRun("first").missing(NAMES)).isEqualTo(NONE);
    assertThat(NotedListeners.ofRun("second").missing(NAMES)).isEqualTo(NAMES);
  }
}
