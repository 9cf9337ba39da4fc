package io.playlog.jobs.stream;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.kafka.Offsets;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices a stream that stores nothing although there are messages, whatever it waits for: a call
 * that never returns, say. It would wait for ever, and look as well as one that has nothing to do.
 */
final class StallWatch {
  private static final Logger LOG = LoggerFactory.getLogger(StallWatch.class);

  /** Of the time after which a stream has stalled: how often Kafka is asked in a quiet one. */
  private static final int LOOKS = 10;

  private final Duration timeout;
  private final LongSupplier nanoTime;
  private final LongSupplier activity;
  private final Supplier<Offsets> ends;
  private volatile Offsets stored;
  private Offsets seen;
  private long seenActivity;
  private long movedAt;
  private long lookedAt;
  private boolean behind;
  private long behindSince;

  /**
   * @param timeout after which it has stalled; more than a batch may wait for messages
   * @param nanoTime such as {@link System#nanoTime}
   * @param activity a number that changes while tasks get on, since a batch may be large
   * @param ends of the topic, asked for only while nothing moves
   * @param stored before which all messages are stored
   */
  StallWatch(
      Duration timeout,
      LongSupplier nanoTime,
      LongSupplier activity,
      Supplier<Offsets> ends,
      Offsets stored) {
    this.timeout = timeout;
    this.nanoTime = nanoTime;
    this.activity = activity;
    this.ends = ends;
    this.stored = stored;
    this.seen = stored;
    this.movedAt = nanoTime.getAsLong();
    this.lookedAt = movedAt;
  }

  /** To be called after each batch. */
  void stored(Offsets offsets) {
    stored = offsets;
  }

  /**
   * To be called now and then.
   *
   * @param doing what the query says that it does
   * @throws PlaylogException if it has stalled
   */
  void check(Supplier<String> doing) {
    long now = nanoTime.getAsLong();
    if (moves()) {
      movedAt = now;
      behind = false;
    }
    long pause = timeout.toNanos() / LOOKS;
    if (now - movedAt < pause || now - lookedAt < pause) {
      return;
    }
    lookedAt = now;
    long lag = lag();
    if (lag <= 0) {
      behind = false;
    } else if (!behind) {
      // The messages may have come just now.
      behind = true;
      behindSince = now;
    } else if (now - behindSince >= timeout.toNanos()) {
      throw new PlaylogException(
          ErrorCode.STREAM_STALLED,
          "The stream has stored nothing for %d s although %d messages wait (it says: %s). It ends, and goes on where it was when it is started again. If that comes again: does Kafka, Cassandra or Spark hang? A longer playlog.stream.stall-timeout gives it more time."
              .formatted((now - movedAt) / 1_000_000_000, lag, doing.get()));
    }
  }

  private boolean moves() {
    long active = activity.getAsLong();
    boolean moves = !stored.equals(seen) || active != seenActivity;
    seen = stored;
    seenActivity = active;
    return moves;
  }

  /** -1 if Kafka does not say; then the stream waits for Kafka, too, for a bounded time. */
  private long lag() {
    try {
      return ends.get().aheadOf(stored);
    } catch (PlaylogException e) {
      LOG.warn("Cannot tell whether the stream is behind: {}", e.getMessage());
      return -1;
    }
  }
}
