package io.playlog.jobs.cassandra;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** Keeps a bounded number of requests under way: the back-pressure towards Cassandra. */
public final class InFlight {
  private final int limit;
  private final Semaphore free;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  public InFlight(int limit) {
    this.limit = limit;
    this.free = new Semaphore(limit);
  }

  /**
   * Waits until a further request may start.
   *
   * @throws IllegalStateException if an earlier one failed
   */
  public void acquire() throws InterruptedException {
    free.acquire();
    throwFailure();
  }

  /** Follows a request for which {@link #acquire} was called. */
  public void add(CompletionStage<?> request) {
    request.whenComplete(
        (result, error) -> {
          if (error != null) {
            failure.compareAndSet(null, error);
          }
          free.release();
        });
  }

  /** Waits for all requests; throws if one failed. */
  public void await() throws InterruptedException {
    free.acquire(limit);
    free.release(limit);
    throwFailure();
  }

  private void throwFailure() {
    Throwable first = failure.get();
    if (first != null) {
      throw new IllegalStateException("Cassandra refused a request: " + first.getMessage(), first);
    }
  }
}
