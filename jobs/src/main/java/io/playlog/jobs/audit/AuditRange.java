package io.playlog.jobs.audit;

import io.playlog.kafka.OffsetRange;
import io.playlog.kafka.Offsets;
import io.playlog.kafka.Topic;
import io.playlog.kafka.Topic.TimedOffset;
import io.playlog.listen.Hour;
import io.playlog.listen.ListenParser;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Which messages an audit reads.
 *
 * @param ranges per partition, as far as the stream has stored them
 * @param lag messages of the audited time that the stream has not stored yet
 * @param completeSince before this record timestamp messages of the audited time have left the
 *     topic, or may have; empty if all are there
 */
record AuditRange(Map<Integer, OffsetRange> ranges, long lag, Optional<Instant> completeSince) {

  /**
   * What a person has asked for.
   *
   * @param from record timestamp, from which on the topic is read
   * @param to record timestamp, not included; empty for all that the topic holds
   * @param hour audits only listens of this hour of event time; invalid messages have none
   */
  record Time(Instant from, Optional<Instant> to, Optional<Hour> hour) {
    static Time ofRecordTimestamps(Instant from, Instant to) {
      return new Time(from, Optional.of(to), Optional.empty());
    }

    /** A listen of the hour may be in a message that is older by what a listen may lie ahead. */
    static Time ofHour(Hour hour) {
      return new Time(
          hour.start().minus(ListenParser.MAX_AHEAD), Optional.empty(), Optional.of(hour));
    }

    @Override
    public String toString() {
      return hour.map(asked -> "listens of " + asked + " to " + asked.end())
          .orElseGet(() -> "record timestamps " + from + " to " + to.orElseThrow());
    }
  }

  private static final long POLL_MS = 200;

  /**
   * Asks the broker, and waits for the stream to store what the topic held then. Messages that are
   * written meanwhile are not audited.
   *
   * @param stored as it stands
   * @param patience at most
   * @param now for a partition whose messages have all left: which time they were of is not known
   */
  static AuditRange find(
      Topic topic, Time time, Supplier<Offsets> stored, Duration patience, Instant now)
      throws InterruptedException {
    Map<Integer, Long> ends = topic.endOffsets().asMap();
    time.to()
        .map(topic::firstSince)
        .ifPresent(
            later ->
                later.forEach((partition, end) -> ends.merge(partition, end.offset(), Math::min)));
    // In this order: what leaves the topic meanwhile makes the reading fail, and is not passed
    // over.
    Map<Integer, TimedOffset> starts = topic.firstSince(time.from());
    Map<Integer, TimedOffset> oldest = topic.firstSince(Instant.EPOCH);
    Offsets first = topic.firstOffsets();
    long start = System.nanoTime();
    while (true) {
      AuditRange found =
          of(first, oldest, starts, Offsets.of(ends), stored.get(), time.from(), now);
      if (found.lag() == 0 || System.nanoTime() - start >= patience.toNanos()) {
        return found;
      }
      Thread.sleep(POLL_MS);
    }
  }

  /**
   * @param firstOffsets of the oldest messages that are still there
   * @param oldest these messages; absent where there is none
   * @param starts the first messages of the audited time; absent where there is none
   * @param ends of the audited time, not included
   */
  static AuditRange of(
      Offsets firstOffsets,
      Map<Integer, TimedOffset> oldest,
      Map<Integer, TimedOffset> starts,
      Offsets ends,
      Offsets stored,
      Instant from,
      Instant now) {
    Map<Integer, OffsetRange> ranges = new TreeMap<>();
    long lag = 0;
    Instant completeSince = Instant.MIN;
    for (int partition : ends.partitions()) {
      long end = ends.of(partition);
      long start =
          starts.containsKey(partition) ? Math.min(starts.get(partition).offset(), end) : end;
      long readEnd = Math.max(start, Math.min(stored.of(partition), end));
      ranges.put(partition, new OffsetRange(start, readEnd));
      lag += end - readEnd;
      Instant since = oldest.containsKey(partition) ? oldest.get(partition).time() : now;
      // A producer's time may be any number.
      since = since.isAfter(now) ? now : since;
      if (firstOffsets.of(partition) > 0 && since.isAfter(completeSince)) {
        completeSince = since;
      }
    }
    return new AuditRange(
        ranges, lag, Optional.of(completeSince).filter(since -> since.isAfter(from)));
  }
}
