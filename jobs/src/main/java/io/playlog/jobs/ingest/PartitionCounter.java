package io.playlog.jobs.ingest;

import io.playlog.listen.Hour;
import io.playlog.listen.Listen;
import io.playlog.listen.RejectReason;
import io.playlog.store.Counts;
import io.playlog.store.Songs.Match;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts a task's messages of one Kafka partition. */
final class PartitionCounter {
  private final int partition;
  private final long storedBefore;
  private final Map<Hour, Long> hoursTouched = new HashMap<>();
  private final Sums all = new Sums();
  private final Sums first = new Sums();
  private Hour lastHour;
  private long lastOffset;

  /**
   * @param storedBefore messages with smaller offsets were stored by an earlier run: they touch no
   *     hour and are not counted again in the totals
   */
  PartitionCounter(int partition, long storedBefore) {
    this.partition = partition;
    this.storedBefore = storedBefore;
  }

  int partition() {
    return partition;
  }

  /** Offsets come in ascending order. */
  void listen(long offset, Listen listen, Match match) {
    all.listen(listen, match);
    if (offset >= storedBefore) {
      first.listen(listen, match);
      touch(Hour.of(listen.eventTimestamp()), offset);
    }
  }

  /** Mostly the hour of the message before, which needs no look-up. */
  private void touch(Hour hour, long offset) {
    if (!hour.equals(lastHour)) {
      endHour();
      lastHour = hour;
    }
    lastOffset = offset;
  }

  private void endHour() {
    if (lastHour != null) {
      hoursTouched.merge(lastHour, lastOffset, Math::max);
    }
  }

  void deadLetter(long offset, RejectReason reason) {
    all.deadLetter(reason);
    if (offset >= storedBefore) {
      first.deadLetter(reason);
    }
  }

  IngestResult result() {
    endHour();
    return new IngestResult(partition, all.counts(), first.counts(), hoursTouched);
  }

  /** Counts that grow in place: there are millions of messages. */
  private static final class Sums {
    private long listens;
    private long folded;
    private long unmatched;
    private final Map<String, Long> deadLetters = new TreeMap<>();
    private long newestEvent = Long.MIN_VALUE;

    private void listen(Listen listen, Match match) {
      listens++;
      folded += match == Match.FOLDED ? 1 : 0;
      unmatched += match == Match.NONE ? 1 : 0;
      newestEvent = Math.max(newestEvent, listen.eventTimestamp());
    }

    private void deadLetter(RejectReason reason) {
      deadLetters.merge(reason.code(), 1L, Long::sum);
    }

    private Counts counts() {
      return new Counts(listens, folded, unmatched, deadLetters, newestEvent);
    }
  }
}
