package io.playlog.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.listen.Hour;
import io.playlog.store.ListenersByHour.Partition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NotedListenersTest {
  private static final Partition HOUR = new Partition(Hour.parse("2026-11-22T13:00Z"), 7);
  private static final Partition NEXT = new Partition(Hour.parse("2026-11-22T14:00Z"), 7);
  private static final Map<Partition, List<String>> NAMES = Map.of(HOUR, List.of("Ada", "Zoë"));
  private static final Map<Partition, List<String>> NONE = Map.of();

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
  void keepsNoMoreThanItMay() {
    NotedListeners noted = noted(1_000);
    List<String> names = IntStream.range(0, 1_000).mapToObj(i -> "listener " + i).toList();
    noted.add(Map.of(HOUR, names));
    assertThat(noted.missing(Map.of(HOUR, names)).get(HOUR)).hasSizeBetween(990, 999);
  }

  @Test
  void forgetsEachAfterAWhile() {
    NotedListeners noted = noted(1_000_000);
    noted.add(NAMES);
    clock.addAndGet(Duration.ofMinutes(9).toNanos());
    noted.add(Map.of(NEXT, List.of("Ada")));
    assertThat(noted.missing(NAMES)).isEqualTo(NONE);
    clock.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(noted.missing(NAMES)).isEqualTo(NAMES);
    assertThat(noted.missing(Map.of(NEXT, List.of("Ada")))).isEqualTo(NONE);
  }

  @Test
  void aNameIsMissingNoMoreInAnyHour() {
    NotedListeners noted = noted(1_000_000);
    Map<Partition, List<String>> both = Map.of(HOUR, List.of("Ada", "Zoë"), NEXT, List.of("Ada"));
    assertThat(noted.missingNames(both)).containsExactlyInAnyOrder("Ada", "Zoë");
    noted.add(both);
    assertThat(noted.missingNames(both)).as("only the hours' rows").hasSize(2);

    noted.addNames(Set.of("Ada"));
    assertThat(noted.missingNames(both)).containsExactly("Zoë");
  }

  @Test
  void namesAreKeptForHalfADayAndWithinTheirMemory() {
    NotedListeners noted = noted(2_000);
    noted.addNames(Set.of("Ada"));
    clock.addAndGet(Duration.ofHours(11).toNanos());
    assertThat(noted.missingNames(Map.of(HOUR, List.of("Ada")))).isEmpty();
    clock.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(noted.missingNames(Map.of(HOUR, List.of("Ada")))).containsExactly("Ada");

    List<String> names = IntStream.range(0, 1_000).mapToObj(i -> "listener " + i).toList();
    noted.addNames(Set.copyOf(names));
    assertThat(noted.missingNames(Map.of(HOUR, names))).hasSizeBetween(990, 999);
  }

  @Test
  void isSharedByTheTasksOfARunAndEmptyInTheNext() {
    NotedListeners.ofRun("first").add(NAMES);
    NotedListeners.ofRun("first").addNames(Set.of("Ada", "Zoë"));
    assertThat(NotedListeners.ofRun("first").missing(NAMES)).isEqualTo(NONE);
    assertThat(NotedListeners.ofRun("first").missingNames(NAMES)).isEmpty();
    assertThat(NotedListeners.ofRun("second").missing(NAMES)).isEqualTo(NAMES);
    assertThat(NotedListeners.ofRun("second").missingNames(NAMES)).hasSize(2);
  }
}
