package io.playlog.jobs.stream;

import io.playlog.jobs.progress.Counts;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.streaming.SourceProgress;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line per micro-batch, after its commit. */
final class BatchLog extends StreamingQueryListener {
  private static final Logger LOG = LoggerFactory.getLogger(BatchLog.class);

  private final String topic;
  private final Map<Long, Counts> stored = new ConcurrentHashMap<>();

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
      LOG.info("{}", line(progress, counts));
    }
  }

  private String line(StreamingQueryProgress progress, Counts counts) {
    double seconds = progress.durationMs().get("triggerExecution") / 1000.0;
    return "Batch %d: in %d, stored %d (unmatched %d, late %d), dead-lettered %d, in %.1f s (%.0f/s), left %s, newest event %s"
        .formatted(
            progress.batchId(),
            progress.numInputRows(),
            counts.listens(),
            counts.unmatched(),
            counts.late(),
            counts.deadLetters(),
            seconds,
            progress.numInputRows() / seconds,
            left(progress.sources()[0]),
            counts.listens() == 0 ? "none" : Instant.ofEpochMilli(counts.newestEvent()));
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

  @Override
  public void onQueryTerminated(QueryTerminatedEvent event) {
    LOG.info("Stream ended");
  }
}
