package io.playlog.jobs.unreadable;

import io.playlog.jobs.unreadable.Attempt.Failed;
import io.playlog.jobs.unreadable.Attempt.Found;
import io.playlog.jobs.unreadable.Attempt.Reader;
import io.playlog.kafka.OffsetRange;
import java.util.function.LongPredicate;

/**
 * Finds all offsets that fail together. Kafka sums up batches of messages, so all messages of a
 * batch are damaged with one of them; and the next batch may be damaged too. A message that can be
 * read is never among them.
 */
final class UnreadableRange {
  private final Reader reader;
  private final OffsetRange partition;

  /**
   * @param partition from the oldest message to behind the newest
   */
  UnreadableRange(Reader reader, OffsetRange partition) {
    this.reader = reader;
    this.partition = partition;
  }

  /**
   * @param offset where reading fails
   * @param failed what was said there
   */
  OffsetRange around(long offset, Failed failed) {
    return new OffsetRange(start(offset, failed), end(offset, failed));
  }

  private long start(long offset, Failed failed) {
    long start = offset;
    Attempt before = failed;
    while (before instanceof Failed more) {
      start = furthest(start, more, -1);
      before = from(start - 1);
      start -= before instanceof Failed ? 1 : 0;
    }
    // Where the length of a batch is wrong, a broker finds the batch before it by its beginning
    // only.
    return before instanceof Found messages
        ? Math.min(offset, Math.max(start, messages.last() + 1))
        : start;
  }

  private long end(long offset, Failed failed) {
    long end = offset;
    Attempt next = failed;
    while (next instanceof Failed more) {
      end = furthest(end, more, 1) + 1;
      next = from(end);
    }
    // Up to the next message: a batch that has lost its head may seem shorter than it was.
    return next instanceof Found messages ? messages.first() : partition.end();
  }

  private Attempt from(long offset) {
    return partition.contains(offset) ? reader.from(offset) : new Attempt.End();
  }

  /**
   * The furthest offset with the same failure. Where the words are of one batch, all between two
   * offsets of the same words are damaged, so that steps may be doubled; otherwise there may be
   * messages between that can be read, and each offset is tried.
   */
  private long furthest(long offset, Failed failed, int direction) {
    LongPredicate isSame = other -> partition.contains(other) && reader.from(other).equals(failed);
    long same = offset;
    long step = 1;
    while (isSame.test(same + direction * step)) {
      same += direction * step;
      step = failed.ofOneBatch() ? 2 * step : 1;
    }
    // The offset at this distance has failed otherwise, or not at all.
    while (step > 1) {
      long half = step / 2;
      if (isSame.test(same + direction * half)) {
        same += direction * half;
        step -= half;
      } else {
        step = half;
      }
    }
    return same;
  }
}
