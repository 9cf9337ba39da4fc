package io.playlog.jobs.stream;

import io.playlog.jobs.kafka.TopicReader;
import io.playlog.store.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.streaming.SourceProgress;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs micro-batches after their commit: the first at once, and then a line every ten seconds at
 * most, since there may be several in a second.
 */
final class BatchLog extends StreamingQueryListener {
  private static final Logger LOG = LoggerFactory.getLogger(BatchLog.class);
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final String topic;
  private final Map<Long, Counts> stored = new ConcurrentHashMap<>();
  private Line line = new Line();
  private long lastLine = System.nanoTime() - INTERVAL.toNanos();

  BatchLog(String topic) {
    this.topic = topic;
  }

  void stored(long batchId, Counts counts) {
    stored.put(batchId, counts);
  }

  @Override
  public void onQueryStarted(QueryStartedEvent event) {
    LOG.info("Stream started, waiting for messages of topic {}", topic);
  }

  @Override
  public void onQueryProgress(QueryProgressEvent event) {
    StreamingQueryProgress progress = event.progress();
    Counts counts = stored.get(progress.batchId());
    // Also those whose events Spark has dropped.
    stored.keySet().removeIf(batchId -> batchId <= progress.batchId());
    if (counts != null) {
      line.add(
          progress.batchId(),
          progress.numInputRows(),
          progress.durationMs().get("triggerExecution") / 1000.0,
          counts,
          lag(progress.sources()[0]));
      if (System.nanoTime() - lastLine >= INTERVAL.toNanos()) {
        flush();
      }
    }
  }

  /** Comes every ten seconds while there are no messages. */
  @Override
  public void onQueryIdle(QueryIdleEvent event) {
    flush();
  }

  @Override
  public void onQueryTerminated(QueryTerminatedEvent event) {
    flush();
    LOG.info("Stream ended");
  }

  private void flush() {
    if (!line.isEmpty()) {
      LOG.info("{}", line);
      line = new Line();
      lastLine = System.nanoTime();
    }
  }

  /**
   * Not known of a batch that is replayed at the start, since Spark has not asked the topic yet.
   */
  private OptionalLong lag(SourceProgress source) {
    return source.latestOffset() == null
        ? OptionalLong.empty()
        : OptionalLong.of(
            TopicReader.parseOffsets(source.latestOffset(), topic)
                .aheadOf(TopicReader.parseOffsets(source.endOffset(), topic)));
  }

  /** Micro-batches that follow each other. */
  static final class Line {
    private long first;
    private long last = -1;
    private long messages;
    private double seconds;
    private Counts counts = Counts.NONE;
    private OptionalLong lag = OptionalLong.empty();

    void add(long batchId, long messages, double seconds, Counts counts, OptionalLong lag) {
      this.first = isEmpty() ? batchId : first;
      this.last = batchId;
      this.messages += messages;
      this.seconds += seconds;
      this.counts = this.counts.plus(counts);
      this.lag = lag;
    }

    boolean isEmpty() {
      return last < 0;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s: in %d, stored %d (folded %d, unmatched %d), dead-lettered %d, in %.1f s (%.0f/s), lag %s, newest event %s",
          first == last ? "Batch " + first : "Batches " + first + " to " + last,
          messages,
          counts.listens(),
          counts.folded(),
          counts.unmatched(),
          counts.deadLetters(),
          seconds,
          messages / Math.max(seconds, 0.001),
          lag.isPresent() ? String.valueOf(lag.getAsLong()) : "unknown",
          counts.listens() == 0 ? "none" : Instant.ofEpochMilli(counts.newestEvent()));
    }
  }
}
