package io.playlog.jobs.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The rows of {@code listeners_by_hour} that this JVM has written and Cassandra acknowledged: a
 * listener's next listen of the hour need not write its row again. With many listeners that would
 * be half of all writes.
 *
 * <p>All is forgotten now and then. So memory is bounded, and a row that Cassandra lost without
 * {@link BatchStore} noticing is written again by one of the listener's next listens.
 */
public final class NotedListeners {
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final long MAX_BYTES = 64L << 20;

  /** What a set and an entry of it take besides the name's characters, about. */
  private static final int BYTES_PER_SET = 300;

  private static final int BYTES_PER_NAME = 100;

  private static String currentRun;
  private static NotedListeners ofCurrentRun;

  private final LongSupplier nanoTime;
  private final long maxBytes;
  private final Map<HourShard, Set<String>> noted = new HashMap<>();
  private long bytes;
  private long since;

  public NotedListeners() {
    this(System::nanoTime, MAX_BYTES);
  }

  NotedListeners(LongSupplier nanoTime, long maxBytes) {
    this.nanoTime = nanoTime;
    this.maxBytes = maxBytes;
    this.since = nanoTime.getAsLong();
  }

  /**
   * Shared by the tasks of a run. A new run begins with nothing, since Cassandra may have gone back
   * in between.
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
    if (bytes > maxBytes || nanoTime.getAsLong() - since > KEPT.toNanos()) {
      noted.clear();
      bytes = 0;
      since = nanoTime.getAsLong();
    }
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
    acknowledged.forEach((key, names) -> names.forEach(name -> add(key, name)));
  }

  private void add(HourShard key, String name) {
    Set<String> names = noted.get(key);
    if (names == null) {
      names = new HashSet<>();
      noted.put(key, names);
      bytes += BYTES_PER_SET;
    }
    if (names.add(name)) {
      bytes += BYTES_PER_NAME + 2L * name.length();
    }
  }
}
