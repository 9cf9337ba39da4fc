package io.playlog.jobs.stream;

import io.playlog.jobs.progress.Counts;
import java.time.Instant;

/** Gathers micro-batches that follow each other into one line of the log. */
final class BatchLine {
  private long first;
  private long last;
  private long messages;
  private double seconds;
  private Counts counts = Counts.NONE;
  private String left;

  /**
   * @param left messages that are not read yet
   */
  void add(long batchId, long messages, double seconds, Counts counts, String left) {
    this.first = isEmpty() ? batchId : first;
    this.last = batchId;
    this.messages += messages;
    this.seconds += seconds;
    this.counts = this.counts.plus(counts);
    this.left = left;
  }

  boolean isEmpty() {
    return left == null;
  }

  @Override
  public String toString() {
    return "%s: in %d, stored %d (unmatched %d, late %d), dead-lettered %d, in %.1f s (%.0f/s), left %s, newest event %s"
        .formatted(
            first == last ? "Batch " + first : "Batches " + first + " to " + last,
            messages,
            counts.listens(),
            counts.unmatched(),
            counts.late(),
            counts.deadLetters(),
            seconds,
            messages / Math.max(seconds, 0.001),
            left,
            counts.listens() == 0 ? "none" : Instant.ofEpochMilli(counts.newestEvent()));
  }
}
