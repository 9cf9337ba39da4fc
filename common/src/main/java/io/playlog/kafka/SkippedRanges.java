package io.playlog.kafka;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Messages of a topic that nobody tries to read, since they cannot be read. */
public final class SkippedRanges implements Serializable {
  public static final SkippedRanges NONE = new SkippedRanges(Map.of());

  /** By Kafka partition; ordered, and none overlaps another. */
  private final TreeMap<Integer, List<OffsetRange>> byPartition = new TreeMap<>();

  private SkippedRanges(Map<Integer, ? extends List<OffsetRange>> ranges) {
    ranges.forEach((partition, some) -> byPartition.put(partition, union(some)));
  }

  /**
   * @param ranges by Kafka partition, in any order
   */
  public static SkippedRanges of(Map<Integer, ? extends List<OffsetRange>> ranges) {
    return new SkippedRanges(ranges);
  }

  private static List<OffsetRange> union(List<OffsetRange> ranges) {
    List<OffsetRange> union = new ArrayList<>();
    for (OffsetRange range :
        ranges.stream().sorted(Comparator.comparingLong(OffsetRange::start)).toList()) {
      OffsetRange last = union.isEmpty() ? null : union.get(union.size() - 1);
      if (last != null && range.start() <= last.end()) {
        union.set(
            union.size() - 1, new OffsetRange(last.start(), Math.max(last.end(), range.end())));
      } else {
        union.add(range);
      }
    }
    return union;
  }

  public List<OffsetRange> of(int partition) {
    return byPartition.getOrDefault(partition, List.of());
  }

  /** What is left of a range of the partition, in order. */
  public List<OffsetRange> leave(int partition, OffsetRange range) {
    List<OffsetRange> left = new ArrayList<>();
    long start = range.start();
    for (OffsetRange skipped : of(partition)) {
      left.add(new OffsetRange(start, Math.min(skipped.start(), range.end())));
      start = Math.max(start, skipped.end());
    }
    left.add(new OffsetRange(start, range.end()));
    left.removeIf(some -> some.size() <= 0);
    return left;
  }

  /**
   * What of some ranges is skipped.
   *
   * @param ranges by Kafka partition
   */
  public Map<Integer, List<OffsetRange>> within(Map<Integer, OffsetRange> ranges) {
    Map<Integer, List<OffsetRange>> within = new TreeMap<>();
    ranges.forEach(
        (partition, range) ->
            within.put(
                partition,
                of(partition).stream()
                    .map(range::and)
                    .filter(common -> common.size() > 0)
                    .toList()));
    return within;
  }

  /** By Kafka partition; ordered, and none overlaps another. */
  public Map<Integer, List<OffsetRange>> asMap() {
    return Collections.unmodifiableMap(byPartition);
  }
}
