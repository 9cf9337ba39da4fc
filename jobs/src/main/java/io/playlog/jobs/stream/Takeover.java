package io.playlog.jobs.stream;

import io.playlog.cassandra.CassandraSession;
import io.playlog.config.PlaylogConfig;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.progress.Progress;
import io.playlog.progress.Work;
import io.playlog.store.StreamLease;
import io.playlog.store.StreamLease.Holder;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a stream gets the lease when it starts. If another has it, one look does not tell whether
 * that one is alive: if it is, it renews the lease, and if not, the lease expires.
 */
final class Takeover {
  private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);

  /** Of a lease's duration. */
  private static final int LOOKS = 30;

  /** How often its duration a lease is waited for that is neither renewed nor expires. */
  private static final int PATIENCE = 2;

  private final Lease lease;
  private final String what;
  private final Duration duration;
  private final Time time;

  /**
   * @param what the lease is about, for messages
   */
  Takeover(Lease lease, String what, Duration duration, Time time) {
    this.lease = lease;
    this.what = what;
    this.duration = duration;
    this.time = time;
  }

  /**
   * @param owner as {@link io.playlog.jobs.stream.checkpoint.CheckpointLock#owner}
   * @throws PlaylogException if another stream has the lease
   */
  static Lease take(PlaylogConfig config, CassandraSession session, UUID owner)
      throws InterruptedException {
    String topic = config.kafka().topic();
    String what = "the topic %s into the keyspace %s".formatted(topic, session.keyspace());
    Duration duration = config.stream().leaseDuration();
    StreamLease.Holding row =
        new StreamLease(session, topic).holding(duration, Lease.interval(duration));
    // Such as 4711@host.example.
    String process = ManagementFactory.getRuntimeMXBean().getName();
    Instant now = Instant.now();
    Holder wanted = new Holder(owner, process, config.stream().checkpoint(), now, now);
    Lease lease = new Lease(row::hold, row::release, wanted, what, duration, Time.SYSTEM);
    new Takeover(lease, what, duration, Time.SYSTEM).run();
    lease.renewByItself();
    return lease;
  }

  /** Returns when the stream has the lease. */
  void run() throws InterruptedException {
    Holder first = lease.hold();
    if (lease.isMine(first)) {
      return;
    }
    LOG.info(
        "Waiting for the lease of {}: it expires within {} s unless it is renewed",
        first,
        duration.toSeconds());
    long begin = time.nanos();
    Work waiting =
        Work.of("waited", "s", () -> Duration.ofNanos(time.nanos() - begin).toSeconds())
            .outOf(duration.toSeconds());
    try (Progress progress = Progress.of(waiting)) {
      while (time.nanos() - begin < duration.multipliedBy(PATIENCE).toNanos()) {
        time.pause(duration.dividedBy(LOOKS));
        Holder found = lease.hold();
        if (lease.isMine(found)) {
          LOG.info("Took over the lease of {}, which has expired", first);
          return;
        }
        if (!found.equals(first)) {
          throw refused(found);
        }
      }
    }
    throw refused(first);
  }

  private PlaylogException refused(Holder found) {
    return new PlaylogException(
        ErrorCode.STREAM_RUNS,
        "Another stream stores %s: %s. One is enough: leave it alone, or end it and start this one. When it is dead, this one takes over within %d s of its start."
            .formatted(what, found, duration.toSeconds()));
  }
}
