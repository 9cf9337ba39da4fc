package io.playlog.jobs.stream;

import io.playlog.jobs.schema.EventHour;
import io.playlog.listen.Listen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A task's listens, arranged by the Cassandra partitions that they go to. */
public final class ListenBuffer {
  private final Map<String, List<Listen>> byName = new LinkedHashMap<>();

  public void add(Listen listen) {
    byName.computeIfAbsent(listen.name(), name -> new ArrayList<>()).add(listen);
  }

  /** Partitions of {@code records}. */
  Map<String, List<Listen>> listensByName() {
    return byName;
  }

  /** Partitions of {@code listeners_by_hour}. */
  Map<HourShard, Set<String>> listenersByHour() {
    Map<HourShard, Set<String>> listeners = new HashMap<>();
    byName.forEach(
        (name, listens) -> {
          int shard = EventHour.shard(name);
          for (Listen listen : listens) {
            HourShard key = new HourShard(EventHour.of(listen.eventTimestamp()), shard);
            listeners.computeIfAbsent(key, absent -> new HashSet<>()).add(name);
          }
        });
    return listeners;
  }
}
