package io.playlog.jobs.stream;

import io.playlog.kafka.Offsets;
import io.playlog.threads.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what is stored to a consumer group, whose lag in Kafka's own tools is then what is not in
 * Cassandra yet. Nothing reads these offsets: where the stream goes on, its checkpoint says. A
 * thread of its own commits, so that the stream never waits; what fails is tried again.
 */
final class OffsetCommits implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OffsetCommits.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /**
   * Then the same is committed again: brokers forget the offsets of a group without members, after
   * a week unless they are told otherwise.
   */
  static final Duration RENEWAL = Duration.ofMinutes(10);

  private static final Duration LAST_COMMIT_TIMEOUT = Duration.ofSeconds(2);

  private final Target target;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("offset-commits"));
  private volatile Offsets stored;
  private Offsets committed = Offsets.NONE;
  private long committedAt;
  private CompletableFuture<Void> underWay = CompletableFuture.completedFuture(null);
  private boolean failing;

  private OffsetCommits(Target target, Offsets stored) {
    this.target = target;
    this.stored = stored;
  }

  /** The consumer group. */
  interface Target {
    /** Must not wait for the answer. */
    CompletionStage<Void> commit(Offsets offsets);
  }

  static OffsetCommits start(Target target, Offsets stored) {
    OffsetCommits commits = new OffsetCommits(target, stored);
    commits.timer.scheduleWithFixedDelay(
        () -> commits.commitIfDue(System.nanoTime()),
        0,
        INTERVAL.toMillis(),
        TimeUnit.MILLISECONDS);
    return commits;
  }

  /** Without a timer of its own. */
  static OffsetCommits untimed(Target target, Offsets stored) {
    return new OffsetCommits(target, stored);
  }

  /** To be called when all before these offsets is stored, and the progress says so. */
  void stored(Offsets offsets) {
    stored = offsets;
  }

  /**
   * @param now as {@link System#nanoTime()} gives it
   */
  synchronized void commitIfDue(long now) {
    boolean renew = now - committedAt >= RENEWAL.toNanos();
    if (underWay.isDone() && (renew || !stored.equals(committed))) {
      commit(now);
    }
  }

  private void commit(long now) {
    Offsets offsets = stored;
    CompletableFuture<Void> answer;
    try {
      answer = target.commit(offsets).toCompletableFuture();
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    underWay = answer.handle((none, failure) -> ended(offsets, now, failure));
  }

  private synchronized Void ended(Offsets offsets, long now, Throwable failure) {
    if (failure == null) {
      committed = offsets;
      committedAt = now;
    }
    if (failing == (failure == null)) {
      failing = failure != null;
      log(failure);
    }
    return null;
  }

  private static void log(Throwable failure) {
    if (failure == null) {
      LOG.info("Stored offsets are committed to the consumer group again");
      return;
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    LOG.warn(
        "Cannot commit stored offsets to the consumer group (playlog.stream.consumer-group), which Kafka's tools show; it is tried again each second, and the stream goes on: {}",
        cause.toString());
  }

  /** Commits what was stored last, unless Kafka takes longer than a program may to end. */
  @Override
  public void close() throws InterruptedException {
    timer.shutdownNow();
    awaitAnswer();
    commitIfDue(System.nanoTime());
    awaitAnswer();
  }

  private void awaitAnswer() throws InterruptedException {
    CompletableFuture<Void> last;
    synchronized (this) {
      last = underWay;
    }
    try {
      last.get(LAST_COMMIT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warn("The last stored offsets may not be committed to the consumer group: no answer");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // Failures are answers here, too.
    }
  }
}
