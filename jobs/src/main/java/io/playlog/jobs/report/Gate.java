package io.playlog.jobs.report;

import io.playlog.jobs.ExitCode;
import io.playlog.jobs.JobException;
import io.playlog.jobs.kafka.SourceTopic;
import io.playlog.jobs.progress.PartitionProgress;
import io.playlog.jobs.progress.StreamProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a report until the stream has stored all that the topic held when the report began. It
 * compares offsets, never clocks; a partition without progress is not caught up.
 */
public final class Gate {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
  private static final long POLL_MS = 500;
  private static final Duration LOG_EVERY = Duration.ofSeconds(10);

  private final StreamProgress progress;
  private final Duration timeout;

  Gate(StreamProgress progress, Duration timeout) {
    this.progress = progress;
    this.timeout = timeout;
  }

  /**
   * @throws JobException if the stream is not there in time
   */
  void await(SourceTopic topic) throws InterruptedException {
    Map<Integer, Long> endOffsets = topic.endOffsets();
    Instant end = Instant.now().plus(timeout);
    Instant nextLog = Instant.now();
    for (long missing; (missing = missing(endOffsets, progress.read())) > 0; ) {
      if (!Instant.now().isBefore(end)) {
        throw new JobException(
            ExitCode.NOT_CAUGHT_UP,
            "Waited %s for the stream, which has not stored %d messages yet (topic ends at %s). Look whether it runs (scripts/status.sh), then run this again."
                .formatted(timeout, missing, endOffsets));
      }
      if (!Instant.now().isBefore(nextLog)) {
        LOG.info("Waiting for the stream to store {} messages", missing);
        nextLog = Instant.now().plus(LOG_EVERY);
      }
      Thread.sleep(POLL_MS);
    }
  }

  /** Messages not stored yet; one at least for a partition of which nothing is known. */
  public static long missing(
      Map<Integer, Long> endOffsets, Map<Integer, PartitionProgress> progress) {
    return endOffsets.entrySet().stream()
        .mapToLong(
            end -> {
              PartitionProgress known = progress.get(end.getKey());
              return known == null
                  ? Math.max(end.getValue(), 1)
                  : Math.max(end.getValue() - known.nextOffset(), 0);
            })
        .sum();
  }
}
