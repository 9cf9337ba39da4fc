package io.playlog.kafka;

import java.io.Serializable;

/**
 * Messages of one partition.
 *
 * @param start the first
 * @param end not included
 */
public record OffsetRange(long start, long end) implements Serializable {
  /** How many offsets, some of which may belong to no message. */
  public long size() {
    return end - start;
  }

  public boolean contains(long offset) {
    return start <= offset && offset < end;
  }

  /** What both have; an empty one if they have nothing in common. */
  public OffsetRange and(OffsetRange other) {
    long from = Math.max(start, other.start);
    return new OffsetRange(from, Math.max(from, Math.min(end, other.end)));
  }
}
