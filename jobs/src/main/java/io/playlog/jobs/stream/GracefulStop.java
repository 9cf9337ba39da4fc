package io.playlog.jobs.stream;

import io.playlog.error.Failures;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets SIGTERM finish the running micro-batch. Stopping the query at once would cancel it, and
 * Spark's own hook would take the context from under it.
 */
final class GracefulStop {
  private static final Logger LOG = LoggerFactory.getLogger(GracefulStop.class);

  /** Before Spark stops its context, which it does at 40, and Hadoop's file systems, at 10. */
  private static final int PRIORITY = 50;

  private static final long POLL_MS = 50;

  private final Duration timeout;
  private final CountDownLatch held = new CountDownLatch(1);
  private volatile boolean requested;
  private volatile boolean givenUp;

  GracefulStop(Duration timeout) {
    this.timeout = timeout;
  }

  /**
   * To be called at the start of every batch. Once a stop is requested the batch is held there: it
   * must neither be stored nor committed, and is replayed at the next start.
   */
  void holdIfRequested() throws InterruptedException {
    if (requested) {
      held.countDown();
      new CountDownLatch(1).await();
    }
  }

  /**
   * Whether the stream ends by a shutdown, whose hook closes it: nobody else may, since the query
   * may still be stopping.
   */
  boolean isRequested() {
    return requested;
  }

  /**
   * The running batch hangs: it is not waited for, and neither stored nor committed if it goes on.
   */
  void giveUp() {
    givenUp = true;
    requested = true;
  }

  /** Waits for a query. */
  interface Waiting {
    void awaitEnd() throws StreamingQueryException;
  }

  /**
   * Returns when the query has been stopped, which may cut it short anywhere: that Spark calls a
   * failure what comes of it is nobody's to read.
   *
   * @throws StreamingQueryException if it failed by itself
   */
  void awaitEnd(Waiting query) throws StreamingQueryException {
    try {
      query.awaitEnd();
    } catch (StreamingQueryException e) {
      if (!requested) {
        throw e;
      }
    }
  }

  void onShutdown(ListenStream stream) {
    long hookSeconds = timeout.toSeconds() + 20;
    ShutdownHookManager.get()
        .addShutdownHook(
            () -> {
              // One that has ended by itself is closed by who waited for it.
              if (!givenUp && stream.query().isActive()) {
                stop(stream.query());
                stream.close();
              }
            },
            PRIORITY,
            hookSeconds,
            TimeUnit.SECONDS);
  }

  void stop(StreamingQuery query) {
    requested = true;
    LOG.info("Stopping: the running batch may take up to {} s", timeout.toSeconds());
    try {
      Instant end = Instant.now().plus(timeout);
      boolean committed = false;
      while (!committed && Instant.now().isBefore(end)) {
        committed = held.await(POLL_MS, TimeUnit.MILLISECONDS) || !query.status().isTriggerActive();
      }
      if (query.exception().isDefined()) {
        LOG.warn(
            "The running batch failed, and is left to be replayed: {}",
            Failures.words(Failures.root(query.exception().get())));
      } else {
        LOG.info(committed ? "All batches are committed" : "The batch is left to be replayed");
      }
      query.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      LOG.warn("The query did not stop in time; the batch is left to be replayed", e);
    }
  }
}
