package io.playlog.jobs.stream;

import io.playlog.jobs.progress.Counts;
import java.time.Duration;
import java.util.Map;
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
  private BatchLine line = new BatchLine();
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
    Counts counts = stored.remove(progress.batchId());
    if (counts != null) {
      line.add(
          progress.batchId(),
          progress.numInputRows(),
          progress.durationMs().get("triggerExecution") / 1000.0,
          counts,
          left(progress.sources()[0]));
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
      line = new BatchLine();
      lastLine = System.nanoTime();
    }
  }

  /**
   * Not known of a batch that is replayed at the start, since Spark has not asked the topic yet.
   */
  private String left(SourceProgress source) {
    if (source.latestOffset() == null) {
      return "unknown";
    }
    Map<Integer, Long> end = BatchOffsets.parse(source.endOffset(), topic);
    long left =
        BatchOffsets.parse(source.latestOffset(), topic).entrySet().stream()
            .mapToLong(latest -> latest.getValue() - end.getOrDefault(latest.getKey(), 0L))
            .sum();
    return String.valueOf(left);
  }
}
