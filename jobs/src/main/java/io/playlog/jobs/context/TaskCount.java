package io.playlog.jobs.context;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.spark.InternalAccumulator;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * What Spark's tasks have counted in an accumulator, since this listens. Executors tell of running
 * tasks with their heartbeats, so that no task has to end before its count is seen. For people to
 * look at: of a task whose result was lost all counts twice.
 */
public final class TaskCount extends SparkListener implements LongSupplier {
  /** Spark's own, of records that come from a source, such as a topic. */
  public static final String RECORDS_READ = InternalAccumulator.input$.MODULE$.RECORDS_READ();

  /** Spark's own, of records that are handed on to the tasks of a later stage. */
  public static final String RECORDS_SHUFFLED =
      InternalAccumulator.shuffleWrite$.MODULE$.RECORDS_WRITTEN();

  private final String accumulator;
  private final Map<Long, Long> running = new ConcurrentHashMap<>();
  private final Set<Long> over = ConcurrentHashMap.newKeySet();
  private volatile long ended;

  /**
   * @param accumulator its name
   */
  TaskCount(String accumulator) {
    this.accumulator = accumulator;
  }

  @Override
  public long getAsLong() {
    // The ended first: a task that ends meanwhile is not counted twice.
    long count = ended;
    for (long task : running.values()) {
      count += task;
    }
    return count;
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    list(update.accumUpdates())
        .forEach(task -> running.put((Long) task._1(), count(list(task._4()), accumulator)));
    // A heartbeat may overtake the task's end.
    running.keySet().removeAll(over);
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    over.add(end.taskInfo().taskId());
    running.remove(end.taskInfo().taskId());
    if (end.taskInfo().successful()) {
      ended += count(list(end.taskInfo().accumulables()), accumulator);
    }
  }

  /** What an executor's running tasks have counted together, as its heartbeat says. */
  public static long ofRunning(SparkListenerExecutorMetricsUpdate update, String accumulator) {
    return list(update.accumUpdates()).stream()
        .mapToLong(task -> count(list(task._4()), accumulator))
        .sum();
  }

  private static <T> List<T> list(Seq<T> values) {
    return JavaConverters.seqAsJavaList(values);
  }

  private static long count(List<AccumulableInfo> task, String accumulator) {
    return task.stream()
        .filter(found -> found.name().contains(accumulator) && found.update().isDefined())
        .mapToLong(found -> ((Number) found.update().get()).longValue())
        .sum();
  }
}
