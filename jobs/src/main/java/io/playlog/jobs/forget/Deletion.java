package io.playlog.jobs.forget;

import io.playlog.cassandra.InFlight;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.store.WriteTimestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Deletes single rows, whatever clock wrote them. Of a row that has no columns besides its key
 * Cassandra does not tell when it was written. So it is deleted as of now; if it is still there, as
 * of a minute ahead; and so on. A tombstone ahead of the clocks hides later rows with the same key
 * only.
 */
final class Deletion {
  private static final List<Duration> AHEAD =
      List.of(
          Duration.ZERO,
          Duration.ofMinutes(1),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofDays(1),
          Duration.ofDays(31),
          Duration.ofDays(366),
          Duration.ofDays(36_600));

  private final InFlight inFlight;
  private long highest = Long.MIN_VALUE;

  Deletion(int inFlight) {
    this.inFlight = new InFlight(inFlight);
  }

  /** Deletes a row if it was written no later than the timestamp. */
  interface Delete<T> {
    CompletionStage<?> asOf(T row, long timestamp);
  }

  /** Tells which of the rows are still there. */
  interface Find<T> {
    Collection<T> stillThere(Collection<T> rows) throws InterruptedException;
  }

  <T> void delete(Collection<T> rows, Delete<T> delete, Find<T> find) throws InterruptedException {
    Collection<T> left = rows;
    for (int attempt = 0; !left.isEmpty(); attempt++) {
      if (attempt > AHEAD.size()) {
        throw new PlaylogException(
            ErrorCode.NOT_FORGOTTEN,
            "%d rows were deleted and are there again, the first %s: something writes them that does not know who is forgotten, such as a stream of an older version. End it, then run forget again."
                .formatted(left.size(), left.iterator().next()));
      }
      long timestamp = timestamp(attempt);
      highest = Math.max(highest, timestamp);
      for (T row : left) {
        inFlight.start(1, () -> delete.asOf(row, timestamp));
      }
      inFlight.await();
      left = find.stillThere(left);
    }
  }

  private static long timestamp(int attempt) {
    return attempt == AHEAD.size()
        ? Long.MAX_VALUE
        : WriteTimestamps.ofClock(Instant.now().plus(AHEAD.get(attempt)));
  }

  /** For a row that is written again: above all that was deleted here. */
  long timestampAbove() {
    return WriteTimestamps.ofClockAbove(highest);
  }
}
