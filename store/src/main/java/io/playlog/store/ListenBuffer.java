package io.playlog.store;

import io.playlog.listen.Hour;
import io.playlog.listen.Listen;
import io.playlog.listen.Listen.Details;
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

  /** A row's key within a listener. */
  private record Key(long eventTimestamp, String song) {
    static Key of(Listen listen) {
      return new Key(listen.eventTimestamp(), listen.song());
    }
  }

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

  /**
   * Partitions of {@code records}, a second time where a listen comes with the key of another: what
   * is written together has one write timestamp, and of such rows the later one counts.
   */
  Iterable<List<MatchedListen>> listensByName() {
    return () ->
        byName.values().stream()
            .flatMap(listens -> withoutRepeatedKeys(listens).stream())
            .iterator();
  }

  /** Without details, listens of one key make equal rows, and nothing is to be looked for. */
  private static List<List<MatchedListen>> withoutRepeatedKeys(List<MatchedListen> listens) {
    if (listens.stream().allMatch(matched -> matched.listen().details().equals(Details.NONE))) {
      return List.of(listens);
    }
    List<List<MatchedListen>> parts = new ArrayList<>();
    Set<Key> keys = new HashSet<>();
    int from = 0;
    for (int i = 0; i < listens.size(); i++) {
      Key key = Key.of(listens.get(i).listen());
      if (!keys.add(key)) {
        parts.add(listens.subList(from, i));
        from = i;
        keys.clear();
        keys.add(key);
      }
    }
    parts.add(listens.subList(from, listens.size()));
    return parts;
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
