package io.playlog.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.playlog.listen.Hour;
import io.playlog.store.ListenersByHour.Partition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The rows of {@code listeners_by_hour} and {@code listeners} that this JVM has written and
 * Cassandra acknowledged: a listener's next listen of the hour need not write its row again. With
 * many listeners that would be half of all writes. Of {@code listeners} only those are asked for
 * whose row of an hour is not noted, so that a listen costs nothing more.
 *
 * <p>Each is forgotten after some time. So memory is bounded, and a row that Cassandra lost without
 * the stream noticing is written again by one of the listener's next listens.
 */
public final class NotedListeners {
  private static final Duration TTL = Duration.ofMinutes(10);

  /**
   * Of rows that are the same in every hour. With it and the time above, a row is written again
   * well within a day of the listener's listens: rows of {@code listeners} that expire a day later
   * than listens do not expire before them.
   */
  private static final Duration NAMES_TTL = Duration.ofHours(12);

  private static final long MAX_BYTES = 64L << 20;

  /** What an entry takes besides the name's characters, about. */
  private static final int BYTES_PER_ENTRY = 150;

  private static String currentRun;
  private static NotedListeners ofCurrentRun;

  private final Cache<Entry, Boolean> noted;
  private final Cache<String, Boolean> names;

  private record Entry(Hour hour, String name) {}

  public NotedListeners() {
    this(Ticker.systemTicker(), MAX_BYTES);
  }

  NotedListeners(Ticker ticker, long maxBytes) {
    this.noted = cache(ticker, TTL, maxBytes, Entry::name);
    this.names = cache(ticker, NAMES_TTL, maxBytes / 2, name -> name);
  }

  private static <K> Cache<K, Boolean> cache(
      Ticker ticker, Duration ttl, long maxBytes, Function<K, String> name) {
    return Caffeine.newBuilder()
        .ticker(ticker)
        .executor(Runnable::run)
        .expireAfterWrite(ttl)
        .maximumWeight(maxBytes)
        .weigher((K key, Boolean known) -> BYTES_PER_ENTRY + 2 * name.apply(key).length())
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

  /** Rows of {@code listeners_by_hour} that are still to be written. */
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

  /** To be called when their rows of {@code listeners_by_hour} are acknowledged. */
  void add(Map<Partition, List<String>> acknowledged) {
    acknowledged.forEach(
        (partition, names) ->
            names.forEach(name -> noted.put(new Entry(partition.hour(), name), Boolean.TRUE)));
  }

  /**
   * Rows of {@code listeners} that are still to be written.
   *
   * @param listeners who stand in some hours
   */
  Set<String> missingNames(Map<Partition, List<String>> listeners) {
    Set<String> missing = new HashSet<>();
    for (List<String> ofPartition : listeners.values()) {
      for (String name : ofPartition) {
        if (names.getIfPresent(name) == null) {
          missing.add(name);
        }
      }
    }
    return missing;
  }

  /** To be called when their rows of {@code listeners} are acknowledged. */
  void addNames(Set<String> acknowledged) {
    acknowledged.forEach(name -> names.put(name, Boolean.TRUE));
  }
}
