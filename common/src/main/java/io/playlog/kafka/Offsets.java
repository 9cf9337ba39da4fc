package io.playlog.kafka;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * A position in each partition of a topic: an offset before which all messages are meant. A
 * partition that is absent has no position; arithmetic takes it for 0.
 */
public final class Offsets implements Serializable {
  public static final Offsets NONE = new Offsets(new TreeMap<>());

  private final TreeMap<Integer, Long> byPartition;

  private Offsets(TreeMap<Integer, Long> byPartition) {
    this.byPartition = byPartition;
  }

  public static Offsets of(Map<Integer, Long> byPartition) {
    return new Offsets(new TreeMap<>(byPartition));
  }

  /** 0 for a partition that is absent. */
  public long of(int partition) {
    return byPartition.getOrDefault(partition, 0L);
  }

  public boolean has(int partition) {
    return byPartition.containsKey(partition);
  }

  public Set<Integer> partitions() {
    return byPartition.keySet();
  }

  public SortedMap<Integer, Long> asMap() {
    return new TreeMap<>(byPartition);
  }

  public void forEach(BiConsumer<Integer, Long> action) {
    byPartition.forEach(action);
  }

  /** How many messages lie between the other position and this one, where this one is ahead. */
  public long aheadOf(Offsets other) {
    return byPartition.entrySet().stream()
        .mapToLong(entry -> Math.max(entry.getValue() - other.of(entry.getKey()), 0))
        .sum();
  }

  /** In each partition the one that is further. */
  public Offsets max(Offsets other) {
    TreeMap<Integer, Long> furthest = new TreeMap<>(byPartition);
    other.forEach((partition, offset) -> furthest.merge(partition, offset, Math::max));
    return new Offsets(furthest);
  }

  /** Over all partitions. */
  public long sum() {
    return byPartition.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Offsets offsets && byPartition.equals(offsets.byPartition);
  }

  @Override
  public int hashCode() {
    return byPartition.hashCode();
  }

  /** Such as {@code {0=12, 1=7}}. */
  @Override
  public String toString() {
    return byPartition.toString();
  }
}
