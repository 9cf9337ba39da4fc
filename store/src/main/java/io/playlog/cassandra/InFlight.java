package io.playlog.cassandra;

import io.playlog.error.PlaylogException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Bounds the requests that are under way: the back-pressure towards Cassandra. */
public final class InFlight {
  private final int limit;
  private final Semaphore free;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /**
   * @param limit of the sum of their weights
   */
  public InFlight(int limit) {
    this.limit = limit;
    this.free = new Semaphore(limit);
  }

  /**
   * Starts a request as soon as there is room for it.
   *
   * @param weight one that is heavier than the limit is under way alone
   * @throws PlaylogException if Cassandra refused an earlier one
   * @throws IllegalStateException if an earlier one failed otherwise
   */
  public void start(int weight, Supplier<CompletionStage<?>> request) throws InterruptedException {
    int permits = Math.min(weight, limit);
    free.acquire(permits);
    boolean started = false;
    try {
      throwFailure();
      request.get().whenComplete((result, error) -> ended(permits, error));
      started = true;
    } finally {
      if (!started) {
        free.release(permits);
      }
    }
  }

  private void ended(int permits, Throwable error) {
    if (error != null) {
      failure.compareAndSet(null, error);
    }
    free.release(permits);
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
      // What is no answer of Cassandra's is a fault of ours, and must not be taken for one.
      throw PlaylogException.in(first)
          .or(() -> Answers.in(first))
          .<RuntimeException>map(known -> known)
          .orElseGet(() -> new IllegalStateException("A request to Cassandra failed", first));
    }
  }
}
