package io.playlog.jobs.stream;

import io.playlog.jobs.schema.EventHour;
import io.playlog.listen.Listen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A task's listens, arranged by the Cassandra partitions that they go to. */
public final class ListenBuffer {
  private final Map<String, List<MatchedListen>> byName = new LinkedHashMap<>();

  /**
   * @param song encoded columns of the listen's song, see {@link SongColumns}; null if the
   *     catalogue does not know it
   */
  public void add(Listen listen, byte[][] song) {
    byName
        .computeIfAbsent(listen.name(), name -> new ArrayList<>())
        .add(new MatchedListen(listen, song));
  }

  /** Partitions of {@code records}. */
  Map<String, List<MatchedListen>> listensByName() {
    return byName;
  }

  /** Partitions of {@code listeners_by_hour}; each name is in each once. */
  Map<HourShard, List<String>> listenersByHour() {
    Map<HourShard, List<String>> listeners = new HashMap<>();
    byName.forEach(
        (name, listens) -> {
          int shard = EventHour.shard(name);
          listens.stream()
              .map(matched -> EventHour.of(matched.listen().eventTimestamp()))
              .distinct()
              .map(hour -> new HourShard(hour, shard))
              .forEach(
                  key -> listeners.computeIfAbsent(key, absent -> new ArrayList<>()).add(name));
        });
    return listeners;
  }
}
