package io.playlog.cassandra;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Puts keys of partitions together that the same nodes hold: one of these can then answer a request
 * about several partitions by itself. A request of its own for each of very many small partitions
 * costs more than what it asks for.
 */
public final class ReplicaGroups {
  /** Cassandra's default for how many partitions a batch may have without a warning. */
  private static final int SIZE = 10;

  private final Function<String, ?> replicas;
  private final Map<Object, List<String>> incomplete = new HashMap<>();

  /**
   * @param replicas of a partition, such as {@link CassandraSession#replicas}
   */
  public ReplicaGroups(Function<String, ?> replicas) {
    this.replicas = replicas;
  }

  /** The group that this key has filled; empty if it waits for more. */
  public List<String> add(String key) {
    Object nodes = replicas.apply(key);
    List<String> group = incomplete.computeIfAbsent(nodes, none -> new ArrayList<>(SIZE));
    group.add(key);
    if (group.size() < SIZE) {
      return List.of();
    }
    incomplete.remove(nodes);
    return group;
  }

  /** The groups that are not full. */
  public Collection<List<String>> rest() {
    return incomplete.values();
  }
}
