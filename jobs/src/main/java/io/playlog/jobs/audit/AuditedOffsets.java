package io.playlog.jobs.audit;

import io.playlog.jobs.kafka.OffsetRange;
import io.playlog.jobs.kafka.SourceTopic;
import io.playlog.jobs.kafka.SourceTopic.TimedOffset;
import io.playlog.jobs.progress.PartitionProgress;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which messages an audit reads.
 *
 * @param ranges per partition, as far as the stream has stored them
 * @param notYetRead messages of the audited time that the stream has not stored yet
 * @param completeSince before this Kafka time messages of the audited time have left the topic, or
 *     may have; empty if all are there
 */
record AuditedOffsets(
    Map<Integer, OffsetRange> ranges, long notYetRead, Optional<Instant> completeSince) {

  /**
   * Asks the broker. Messages that are written meanwhile are not looked at.
   *
   * @param progress as it stood before
   * @param now for a partition whose messages have all left: which time they were of is not known
   */
  static AuditedOffsets find(
      SourceTopic topic, AuditedTime time, Map<Integer, PartitionProgress> progress, Instant now) {
    Map<Integer, Long> ends = topic.endOffsets();
    time.to()
        .map(topic::firstSince)
        .ifPresent(
            later ->
                later.forEach((partition, end) -> ends.merge(partition, end.offset(), Math::min)));
    // In this order: what leaves the topic meanwhile makes the reading fail, and is not passed
    // over.
    Map<Integer, TimedOffset> starts = topic.firstSince(time.from());
    Map<Integer, TimedOffset> oldest = topic.firstSince(Instant.EPOCH);
    return of(topic.firstOffsets(), oldest, starts, ends, progress, time.from(), now);
  }

  /**
   * @param firstOffsets of the oldest messages that are still there
   * @param oldest these messages; absent where there is none
   * @param starts the first messages of the audited time; absent where there is none
   * @param ends of the audited time, not included
   */
  static AuditedOffsets of(
      Map<Integer, Long> firstOffsets,
      Map<Integer, TimedOffset> oldest,
      Map<Integer, TimedOffset> starts,
      Map<Integer, Long> ends,
      Map<Integer, PartitionProgress> progress,
      Instant from,
      Instant now) {
    Map<Integer, OffsetRange> ranges = new TreeMap<>();
    long notYetRead = 0;
    Instant completeSince = Instant.MIN;
    for (int partition : ends.keySet()) {
      long end = ends.get(partition);
      long start =
          starts.containsKey(partition) ? Math.min(starts.get(partition).offset(), end) : end;
      long stored = progress.containsKey(partition) ? progress.get(partition).nextOffset() : 0;
      long readEnd = Math.max(start, Math.min(stored, end));
      ranges.put(partition, new OffsetRange(start, readEnd));
      notYetRead += end - readEnd;
      Instant since = oldest.containsKey(partition) ? oldest.get(partition).time() : now;
      if (firstOffsets.get(partition) > 0 && since.isAfter(completeSince)) {
        completeSince = since;
      }
    }
    return new AuditedOffsets(
        ranges, notYetRead, Optional.of(completeSince).filter(since -> since.isAfter(from)));
  }
}
