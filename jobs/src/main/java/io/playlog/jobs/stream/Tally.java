package io.playlog.jobs.stream;

import io.playlog.jobs.progress.Counts;
import io.playlog.jobs.schema.EventHour;
import io.playlog.listen.Listen;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Counts a task's messages of one Kafka partition. */
final class Tally {
  private final int partition;
  private final long storedBefore;
  private final Map<Instant, Long> hoursTouched = new HashMap<>();
  private Counts all = Counts.NONE;
  private Counts first = Counts.NONE;

  /**
   * @param storedBefore messages with smaller offsets were stored by an earlier run: they touch no
   *     hour and are not counted again in the totals
   */
  Tally(int partition, long storedBefore) {
    this.partition = partition;
    this.storedBefore = storedBefore;
  }

  void listen(long offset, Listen listen, boolean matched, boolean late) {
    add(offset, new Counts(1, matched ? 0 : 1, late ? 1 : 0, 0, listen.eventTimestamp()));
    if (offset >= storedBefore) {
      hoursTouched.merge(EventHour.of(listen.eventTimestamp()), offset, Math::max);
    }
  }

  void deadLetter(long offset) {
    add(offset, new Counts(0, 0, 0, 1, Long.MIN_VALUE));
  }

  private void add(long offset, Counts counts) {
    all = all.plus(counts);
    if (offset >= storedBefore) {
      first = first.plus(counts);
    }
  }

  TaskResult result() {
    return new TaskResult(partition, all, first, hoursTouched);
  }
}
