package io.playlog.jobs.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rows of {@code listeners_by_hour} that this JVM has written and Cassandra acknowledged: a
 * listener's next listen of the hour need not write its row again. With many listeners that would
 * be half of all writes.
 */
public final class NotedListeners {
  /** Names of this many take about 50 MB. */
  private static final int LIMIT = 500_000;

  private static String currentRun;
  private static NotedListeners ofCurrentRun;

  private final int limit;
  private final Map<HourShard, Set<String>> noted = new HashMap<>();
  private int size;

  public NotedListeners() {
    this(LIMIT);
  }

  NotedListeners(int limit) {
    this.limit = limit;
  }

  /**
   * Shared by the tasks of a run. A new run begins with nothing: Cassandra may have gone back in
   * between. If it does so during a run, {@link BatchStore} ends the run.
   */
  static synchronized NotedListeners ofRun(String run) {
    if (!run.equals(currentRun)) {
      currentRun = run;
      ofCurrentRun = new NotedListeners();
    }
    return ofCurrentRun;
  }

  /** Those that are still to be written. */
  synchronized Map<HourShard, List<String>> missing(Map<HourShard, List<String>> listeners) {
    Map<HourShard, List<String>> missing = new HashMap<>();
    listeners.forEach(
        (key, names) -> {
          List<String> rest = new ArrayList<>(names);
          rest.removeAll(noted.getOrDefault(key, Set.of()));
          missing.put(key, rest);
        });
    return missing;
  }

  /** To be called when their rows are acknowledged. */
  synchronized void add(Map<HourShard, List<String>> acknowledged) {
    if (size > limit) {
      noted.clear();
      size = 0;
    }
    acknowledged.forEach(
        (key, names) -> {
          noted.computeIfAbsent(key, absent -> new HashSet<>()).addAll(names);
          size += names.size();
        });
  }
}
