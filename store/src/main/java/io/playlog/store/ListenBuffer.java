package io.playlog.store;

import io.playlog.listen.Hour;
import io.playlog.listen.Listen;
import io.playlog.store.ListenersByHour.Partition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A task's listens, arranged by the Cassandra partitions that they go to. */
public final class ListenBuffer {
  private final Map<String, List<MatchedListen>> byName = new LinkedHashMap<>();
  private int size;

  /**
   * A listen and what the catalogue knows of its song.
   *
   * @param song null if the catalogue does not know it
   */
  record MatchedListen(Listen listen, SongColumns song) {}

  public void add(Listen listen, SongColumns song) {
    byName
        .computeIfAbsent(listen.name(), name -> new ArrayList<>())
        .add(new MatchedListen(listen, song));
    size++;
  }

  public int size() {
    return size;
  }

  public Set<String> listeners() {
    return byName.keySet();
  }

  /** Partitions of {@code records}. */
  Iterable<List<MatchedListen>> listensByName() {
    return byName.values();
  }

  /** Partitions of {@code listeners_by_hour}; each name is in each once. */
  Map<Partition, List<String>> listenersByHour() {
    Map<Partition, List<String>> listeners = new HashMap<>();
    byName.forEach(
        (name, listens) -> {
          int shard = ListenersByHour.shard(name);
          for (Hour hour : hours(listens)) {
            listeners
                .computeIfAbsent(new Partition(hour, shard), absent -> new ArrayList<>())
                .add(name);
          }
        });
    return listeners;
  }

  /** Mostly one, which needs no set. */
  private static Iterable<Hour> hours(List<MatchedListen> listens) {
    Hour first = Hour.of(listens.get(0).listen().eventTimestamp());
    Set<Hour> hours = null;
    for (MatchedListen matched : listens) {
      Hour hour = Hour.of(matched.listen().eventTimestamp());
      if (hours == null && !hour.equals(first)) {
        hours = new HashSet<>(Set.of(first));
      }
      if (hours != null) {
        hours.add(hour);
      }
    }
    return hours == null ? List.of(first) : hours;
  }
}
