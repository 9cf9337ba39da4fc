package io.playlog.jobs.stream;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.store.StreamLease.Holder;
import io.playlog.threads.DaemonThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to store the topic into the keyspace, which one stream has at a time, whatever its
 * checkpoint is. A thread of its own renews it; a batch asks memory only. The servers' clocks say
 * when it expires, this JVM's monotonic clock for how long it is trusted, which is less. See
 * docs/decisions/0019-one-stream-at-a-time.md.
 */
final class Lease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  /** In its duration; a request may take as long as the time between two. */
  private static final int RENEWALS = 6;

  /** So many of these times a lease is trusted for. */
  private static final int TRUSTED_RENEWALS = 4;

  private final UnaryOperator<Holder> holding;
  private final Consumer<Holder> releasing;
  private final Holder wanted;
  private final String what;
  private final Duration duration;
  private final Time time;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("lease"));
  private volatile long trustedUntil;
  private volatile Holder other;
  private volatile boolean released;
  private RuntimeException failure;

  /**
   * @param holding as {@link io.playlog.store.StreamLease.Holding#hold}
   * @param releasing as {@link io.playlog.store.StreamLease.Holding#release}
   * @param wanted this stream
   * @param what it is about, for messages
   */
  Lease(
      UnaryOperator<Holder> holding,
      Consumer<Holder> releasing,
      Holder wanted,
      String what,
      Duration duration,
      Time time) {
    this.holding = holding;
    this.releasing = releasing;
    this.wanted = wanted;
    this.what = what;
    this.duration = duration;
    this.time = time;
  }

  static Duration interval(Duration duration) {
    return duration.dividedBy(RENEWALS);
  }

  /** From now on, and until it is closed. */
  void renewByItself() {
    long interval = interval(duration).toMillis();
    timer.scheduleWithFixedDelay(this::renew, interval, interval, TimeUnit.MILLISECONDS);
  }

  boolean isMine(Holder found) {
    return wanted.owner().equals(found.owner());
  }

  /**
   * Takes the lease if nobody has it, or renews it; returns who has it then. It is trusted from
   * when it was asked for, since the answer may be long on its way.
   */
  synchronized Holder hold() {
    long asked = time.nanos();
    Holder found = holding.apply(wanted.renewedAt(Instant.now()));
    if (isMine(found)) {
      trustedUntil = asked + duration.multipliedBy(TRUSTED_RENEWALS).dividedBy(RENEWALS).toNanos();
    }
    return found;
  }

  private boolean isTrusted() {
    return time.nanos() - trustedUntil < 0;
  }

  /**
   * What fails is tried again: Cassandra may be away for a while, and the lease with it. One that
   * has expired meanwhile is taken again, unless somebody else has it.
   */
  synchronized void renew() {
    if (other != null || released) {
      return;
    }
    try {
      Holder found = hold();
      if (!isMine(found)) {
        other = found;
        LOG.error("{}", lost().getMessage());
      } else if (failure != null) {
        LOG.info("The lease is renewed again");
      }
      failure = null;
    } catch (RuntimeException e) {
      if (failure == null) {
        LOG.warn(
            "Cannot renew the lease; it is tried again, and without it nothing is said to be stored: {}",
            e.getMessage());
      }
      failure = e;
    }
  }

  /**
   * To be called before anything is written that says what is stored. While it is not known whether
   * this stream still has the lease it waits, for as long as a lease lasts.
   *
   * @throws PlaylogException if another stream has it, or Cassandra does not say
   */
  void require() throws InterruptedException {
    if (isTrusted() && other == null && !released) {
      return;
    }
    long begin = time.nanos();
    renew();
    while (!isTrusted() && other == null && !released) {
      if (time.nanos() - begin >= duration.toNanos()) {
        throw unknown();
      }
      time.pause(interval(duration));
      renew();
    }
    requireNotLost();
    if (released) {
      throw new IllegalStateException("the lease was given back");
    }
  }

  /**
   * Asks nobody: whoever does not renew it by itself is not told.
   *
   * @throws PlaylogException if another stream has it
   */
  void requireNotLost() {
    if (other != null) {
      throw lost();
    }
  }

  private PlaylogException lost() {
    return new PlaylogException(
        ErrorCode.LEASE_LOST,
        "This stream has lost its lease: another one stores %s by now: %s. Nothing more is stored by this one. It did not run, or did not reach Cassandra, for %d s or longer, or somebody has changed the table stream_lease."
            .formatted(what, other, duration.toSeconds()));
  }

  private synchronized PlaylogException unknown() {
    return new PlaylogException(
        PlaylogException.in(failure)
            .map(PlaylogException::code)
            .orElse(ErrorCode.CASSANDRA_TIMEOUT),
        "It cannot be told whether this stream still has its lease to store %s, so nothing more is stored: %s"
            .formatted(what, failure == null ? "answers come too late" : failure.getMessage()),
        failure);
  }

  /** Gives the lease back, so that the next stream does not wait. */
  @Override
  public void close() {
    timer.shutdownNow();
    synchronized (this) {
      boolean held = other == null && !released;
      released = true;
      if (held) {
        release();
      }
    }
  }

  private void release() {
    try {
      releasing.accept(wanted);
    } catch (RuntimeException e) {
      LOG.warn(
          "The lease is not given back, and expires within {} s: {}",
          duration.toSeconds(),
          e.getMessage());
    }
  }
}
