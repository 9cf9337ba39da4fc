package io.playlog.jobs.stream;

import io.playlog.jobs.context.TaskCount;
import io.playlog.jobs.ingest.Ingest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Whether tasks get on: a number that changes when one ends well, or has begun further requests to
 * Cassandra, of which executors tell with their heartbeats.
 */
final class TaskActivity extends SparkListener implements LongSupplier {
  private final Map<String, Long> requestsByExecutor = new ConcurrentHashMap<>();
  private volatile long changes;

  @Override
  public long getAsLong() {
    return changes;
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.taskInfo().successful()) {
      changed();
    }
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    long requests = TaskCount.ofRunning(update, Ingest.REQUESTS);
    Long before = requestsByExecutor.put(update.execId(), requests);
    if (requests > 0 && (before == null || before != requests)) {
      changed();
    }
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    requestsByExecutor.remove(removed.executorId());
  }

  /** By one thread, that of Spark's events. */
  private void changed() {
    changes = changes + 1;
  }
}
