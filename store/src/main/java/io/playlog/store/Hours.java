package io.playlog.store;

import io.playlog.cassandra.CassandraSession;
import io.playlog.cassandra.InFlight;
import io.playlog.listen.Hour;
import io.playlog.store.ReportRuns.Run;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Which hours were touched or marked and what their reports have read: every hour, however old, at
 * the cost of the days that have one. Three reads a day, many days at a time.
 */
public final class Hours {
  private static final int DAYS_IN_FLIGHT = 32;

  private final DaysTouched days;
  private final HoursTouched hoursTouched;
  private final HourMarks marks;
  private final ReportRuns runs;

  public Hours(CassandraSession session) {
    this.days = new DaysTouched(session);
    this.hoursTouched = new HoursTouched(session);
    this.marks = new HourMarks(session);
    this.runs = new ReportRuns(session);
  }

  /**
   * What is known of an hour.
   *
   * @param touched last offset by {@code topic id/partition}, and step by mark
   * @param run the last report; empty if there was none
   */
  public record State(Map<String, Long> touched, Optional<Run> run) {
    public static final State NONE = new State(Map.of(), Optional.empty());

    /** Never reported, left unfinished, or touched or marked since. */
    public boolean isDue() {
      if (run.isEmpty() || !run.get().complete()) {
        return true;
      }
      Map<String, Long> covered = run.get().covered();
      return touched.entrySet().stream()
          .anyMatch(entry -> entry.getValue() > covered.getOrDefault(entry.getKey(), -1L));
    }
  }

  /** All hours that were ever touched, marked or reported. */
  public NavigableMap<Hour, State> read() throws InterruptedException {
    return read(days.read());
  }

  /** Those of them that are of these days. */
  public NavigableMap<Hour, State> read(Set<LocalDate> days) throws InterruptedException {
    NavigableMap<Hour, State> hours = new ConcurrentSkipListMap<>();
    InFlight inFlight = new InFlight(DAYS_IN_FLIGHT);
    for (LocalDate day : days) {
      inFlight.start(1, () -> read(day).thenAccept(hours::putAll));
    }
    inFlight.await();
    return hours;
  }

  /** As it is now. */
  public State read(Hour hour) {
    return readAsync(hour).join();
  }

  /** As it is now. */
  public CompletableFuture<State> readAsync(Hour hour) {
    return read(hour.day()).thenApply(states -> states.getOrDefault(hour, State.NONE));
  }

  private CompletableFuture<Map<Hour, State>> read(LocalDate day) {
    Map<Hour, Map<String, Long>> touched = new HashMap<>();
    Map<Hour, Map<String, Long>> marked = new HashMap<>();
    Map<Hour, Run> reported = new HashMap<>();
    return CompletableFuture.allOf(
            hoursTouched
                .read(day, (hour, entry) -> add(touched, hour, entry))
                .toCompletableFuture(),
            marks.read(day, (hour, entry) -> add(marked, hour, entry)).toCompletableFuture(),
            runs.read(day, reported::put).toCompletableFuture())
        .thenApply(
            all -> {
              marked.forEach(
                  (hour, entries) ->
                      entries.forEach((key, value) -> add(touched, hour, Map.entry(key, value))));
              Map<Hour, State> states = new HashMap<>();
              reported.forEach(
                  (hour, run) -> states.put(hour, new State(Map.of(), Optional.of(run))));
              touched.forEach(
                  (hour, entries) ->
                      states.put(
                          hour, new State(entries, Optional.ofNullable(reported.get(hour)))));
              return states;
            });
  }

  private static void add(
      Map<Hour, Map<String, Long>> touched, Hour hour, Map.Entry<String, Long> entry) {
    touched.computeIfAbsent(hour, absent -> new HashMap<>()).put(entry.getKey(), entry.getValue());
  }

  /**
   * Hours that should be summed up, newest first.
   *
   * @param over an hour that ends later is not over yet
   */
  public static List<Hour> due(NavigableMap<Hour, State> hours, Instant over) {
    return hours.descendingMap().entrySet().stream()
        .filter(entry -> !entry.getKey().end().isAfter(over) && entry.getValue().isDue())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The newest hour whose summary is complete. */
  public static Optional<Hour> lastPublished(NavigableMap<Hour, State> hours) {
    return hours.descendingMap().entrySet().stream()
        .filter(entry -> entry.getValue().run().filter(Run::complete).isPresent())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** When a report came to its end last. */
  public static Optional<Instant> lastFinished(NavigableMap<Hour, State> hours) {
    return hours.values().stream()
        .flatMap(state -> state.run().stream())
        .map(Run::finishedAt)
        .filter(finished -> finished != null)
        .max(Instant::compareTo);
  }
}
