package io.playlog.jobs.summary;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.kafka.Offsets;
import io.playlog.kafka.Topic;
import io.playlog.progress.Progress;
import io.playlog.progress.Work;
import io.playlog.store.StreamProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a report until the stream has stored all that the topic held when the report began. It
 * compares offsets, never clocks; a partition without progress is not caught up.
 */
final class Gate {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
  private static final long POLL_MS = 500;

  private final StreamProgress progress;
  private final Duration timeout;

  Gate(StreamProgress progress, Duration timeout) {
    this.progress = progress;
    this.timeout = timeout;
  }

  /**
   * @throws PlaylogException if the stream is not there in time
   */
  void await(Topic topic) throws InterruptedException {
    Offsets endOffsets = topic.endOffsets();
    Instant end = Instant.now().plus(timeout);
    long first = lag(endOffsets);
    if (first == 0) {
      return;
    }
    LOG.info("Waiting for the stream to store {} messages", first);
    AtomicLong lag = new AtomicLong(first);
    Work work = Work.of("stored", "messages", () -> first - lag.get()).outOf(first);
    try (Progress shown = Progress.of(work)) {
      for (; lag.get() > 0; lag.set(lag(endOffsets))) {
        if (!Instant.now().isBefore(end)) {
          throw new PlaylogException(
              ErrorCode.NOT_CAUGHT_UP,
              "Waited %d s for the stream, which has not stored %d messages yet (topic %s ends at %s). Check that it runs (scripts/status.sh), then run this again."
                  .formatted(timeout.toSeconds(), lag.get(), topic.name(), endOffsets));
        }
        Thread.sleep(POLL_MS);
      }
    }
  }

  private long lag(Offsets endOffsets) {
    return StreamProgress.lag(endOffsets, progress.nextOffsets());
  }
}
