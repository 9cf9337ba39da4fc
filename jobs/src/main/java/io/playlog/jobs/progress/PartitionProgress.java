package io.playlog.jobs.progress;

import java.util.HashMap;
import java.util.Map;

/**
 * What has been stored of a Kafka partition: a row of {@code stream_progress}.
 *
 * @param nextOffset all messages before it are stored
 * @param totals of these messages, each counted once
 */
public record PartitionProgress(int partition, long nextOffset, Counts totals) {
  /** Per Kafka partition, the offset before which all messages are stored. */
  public static HashMap<Integer, Long> nextOffsets(Map<Integer, PartitionProgress> progress) {
    HashMap<Integer, Long> offsets = new HashMap<>();
    progress.forEach((partition, row) -> offsets.put(partition, row.nextOffset()));
    return offsets;
  }
}
