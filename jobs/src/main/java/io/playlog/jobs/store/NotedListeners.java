package io.playlog.jobs.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.playlog.jobs.store.ListenersByHour.Partition;
import io.playlog.listen.Hour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of {@code listeners_by_hour} that this JVM has written and Cassandra acknowledged: a
 * listener's next listen of the hour need not write its row again. With many listeners that would
 * be half of all writes.
 *
 * <p>Each is forgotten after some time. So memory is bounded, and a row that Cassandra lost without
 * the stream noticing is written again by one of the listener's next listens.
 */
public final class NotedListeners {
  private static final Duration TTL = Duration.ofMinutes(10);
  private static final long MAX_BYTES = 64L << 20;

  /** What an entry takes besides the name's characters, about. */
  private static final int BYTES_PER_ENTRY = 150;

  private static String currentRun;
  private static NotedListeners ofCurrentRun;

  private final Cache<Entry, Boolean> noted;

  private record Entry(Hour hour, String name) {}

  public NotedListeners() {
    this(Ticker.systemTicker(), MAX_BYTES);
  }

  NotedListeners(Ticker ticker, long maxBytes) {
    this.noted =
        Caffeine.newBuilder()
            .ticker(ticker)
            .executor(Runnable::run)
            .expireAfterWrite(TTL)
            .maximumWeight(maxBytes)
            .weigher((Entry entry, Boolean known) -> BYTES_PER_ENTRY + 2 * entry.name().length())
            .build();
  }

  /**
   * Shared by the tasks of a run. A new run begins with nothing, since Cassandra may have lost
   * writes in between.
   */
  public static synchronized NotedListeners ofRun(String run) {
    if (!run.equals(currentRun)) {
      currentRun = run;
      ofCurrentRun = new NotedListeners();
    }
    return ofCurrentRun;
  }

  /** Those that are still to be written. */
  Map<Partition, List<String>> missing(Map<Partition, List<String>> listeners) {
    Map<Partition, List<String>> missing = new HashMap<>();
    listeners.forEach(
        (partition, names) -> {
          List<String> rest = new ArrayList<>();
          for (String name : names) {
            if (noted.getIfPresent(new Entry(partition.hour(), name)) == null) {
              rest.add(name);
            }
          }
          if (!rest.isEmpty()) {
            missing.put(partition, rest);
          }
        });
    return missing;
  }

  /** To be called when their rows are acknowledged. */
  void add(Map<Partition, List<String>> acknowledged) {
    acknowledged.forEach(
        (partition, names) ->
            names.forEach(name -> noted.put(new Entry(partition.hour(), name), Boolean.TRUE)));
  }
}
