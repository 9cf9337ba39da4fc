package io.playlog.web.history;

import io.playlog.store.Records;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Reads what listeners listened to. */
public final class Histories {
  /**
   * Of one request: bounds its memory and Cassandra's work. About four years of ten hours a day.
   */
  static final int MOST_LISTENS = 250_000;

  /** How many are read at a time, for the same reason. */
  private static final Semaphore FREE = new Semaphore(4);

  private Histories() {}

  /**
   * @param timeout of the whole
   * @throws TooLongException if there are more listens than one request may read
   * @throws TimeoutException if Cassandra is too slow, or others have to be read first
   */
  public static History read(Records records, String name, DateRange range, Duration timeout)
      throws InterruptedException, TimeoutException {
    if (!FREE.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new TimeoutException();
    }
    try {
      return readNow(records, name, range, timeout);
    } finally {
      FREE.release();
    }
  }

  private static History readNow(Records records, String name, DateRange range, Duration timeout)
      throws InterruptedException, TimeoutException {
    History history = new History(range);
    AtomicBoolean over = new AtomicBoolean();
    try {
      records
          .forEachListen(
              name,
              range.start(),
              range.end(),
              MOST_LISTENS + 1,
              (listen, album) -> {
                // Or the rest would be read for nobody.
                if (over.get()) {
                  throw new CancellationException();
                }
                history.add(listen, album);
              })
          .toCompletableFuture()
          .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      over.set(true);
    }
    if (history.listens() > MOST_LISTENS) {
      throw new TooLongException();
    }
    return history;
  }

  /** The range holds too many listens. */
  public static final class TooLongException extends RuntimeException {
    TooLongException() {
      super(
          "found more than %,d listens in this range, expected fewer: choose a shorter one"
              .formatted(MOST_LISTENS));
    }
  }
}
