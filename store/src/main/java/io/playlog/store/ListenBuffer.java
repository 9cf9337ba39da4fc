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
   * Partitions of {@code records}, one a second time where a listen has the key of another that
   * says something else: what is written together has one write timestamp, and the later listen is
   * to count.
   */
  Iterable<List<MatchedListen>> listensByName() {
    return () ->
        byName.values().stream()
            .flatMap(listens -> withoutOtherOfTheSameKey(listens).stream())
            .iterator();
  }

  /** Without details listens of one key say the same, and nothing is to be looked for. */
  private static List<List<MatchedListen>> withoutOtherOfTheSameKey(List<MatchedListen> listens) {
    if (listens.stream().allMatch(matched -> matched.listen().details().equals(Details.NONE))) {
      return List.of(listens);
    }
    List<List<MatchedListen>> parts = new ArrayList<>();
    Map<Key, Listen> ofPart = new HashMap<>();
    int from = 0;
    for (int i = 0; i < listens.size(); i++) {
      Listen listen = listens.get(i).listen();
      Listen sameKey = ofPart.putIfAbsent(Key.of(listen), listen);
      if (sameKey != null && !sameKey.equals(listen)) {
        parts.add(listens.subList(from, i));
        from = i;
        ofPart.clear();
        ofPart.put(Key.of(listen), listen);
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
