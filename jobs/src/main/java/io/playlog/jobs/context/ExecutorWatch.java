package io.playlog.jobs.context;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.threads.DaemonThreads;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;

/**
 * Cancels what runs on a cluster without any executor for too long: Spark itself waits for one
 * without end, be it that others have taken all cores, or that the master has forgotten the job.
 */
public final class ExecutorWatch implements AutoCloseable {
  /**
   * For executors that were there and are gone. A worker starts another one within seconds; where
   * executors come and go by themselves they may take as long as at the start.
   */
  static final Duration LOST = Duration.ofSeconds(20);

  private static final long POLL_MS = 1000;
  private static final String MARK = ErrorCode.NO_EXECUTORS.id() + ": ";

  /** What Spark says of a job that was cancelled: the reason is ours. */
  private static final Pattern REASON = Pattern.compile(MARK + "(.*)");

  private static final Pattern ENDED =
      Pattern.compile("(SparkContext was shut down|on a stopped SparkContext)");

  private final Cluster cluster;
  private final String master;
  private final Duration timeout;
  private final Duration lost;
  private final LongSupplier nanoTime;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("executor-watch"));
  private boolean had;
  private boolean waiting;
  private long waitingSince;

  /** What Spark's driver knows of its cluster. */
  interface Cluster {
    int executors();

    int[] activeJobs();

    void cancel(int job, String reason);
  }

  /**
   * @param timeout until the first executor is there
   * @param lost until there is another one when all are gone
   */
  ExecutorWatch(
      Cluster cluster, String master, Duration timeout, Duration lost, LongSupplier nanoTime) {
    this.cluster = cluster;
    this.master = master;
    this.timeout = timeout;
    this.lost = lost;
    this.nanoTime = nanoTime;
  }

  /** Of a cluster; a local Spark runs its tasks itself. */
  static ExecutorWatch start(SparkContext spark, Duration timeout) {
    boolean comeAndGo = spark.conf().getBoolean("spark.dynamicAllocation.enabled", false);
    ExecutorWatch watch =
        new ExecutorWatch(
            cluster(spark),
            spark.master(),
            timeout,
            comeAndGo || timeout.compareTo(LOST) < 0 ? timeout : LOST,
            System::nanoTime);
    watch.timer.scheduleWithFixedDelay(watch::check, POLL_MS, POLL_MS, TimeUnit.MILLISECONDS);
    return watch;
  }

  static Cluster cluster(SparkContext spark) {
    return new Cluster() {
      @Override
      public int executors() {
        // The driver is among them.
        return spark.statusTracker().getExecutorInfos().length - 1;
      }

      @Override
      public int[] activeJobs() {
        return spark.statusTracker().getActiveJobIds();
      }

      @Override
      public void cancel(int job, String reason) {
        spark.cancelJob(job, reason);
      }
    };
  }

  /** Now and then. */
  synchronized void check() {
    if (cluster.executors() > 0) {
      had = true;
      waiting = false;
      return;
    }
    int[] jobs = cluster.activeJobs();
    long now = nanoTime.getAsLong();
    if (jobs.length == 0) {
      waiting = false;
    } else if (!waiting) {
      waiting = true;
      waitingSince = now;
    } else if (now - waitingSince >= (had ? lost : timeout).toNanos()) {
      for (int job : jobs) {
        cluster.cancel(job, MARK + reason());
      }
    }
  }

  private String reason() {
    return had
        ? "All executors of this job are gone, and Spark at %s has given it no other within %d s: its workers are down, or its master has forgotten the job, as one does that was started again without a recovery mode. Run this again (a supervisor does)."
            .formatted(master, lost.toSeconds())
        : "Spark at %s has given this job no executor within %d s: no worker is there, or others hold all cores or memory. The master's page shows it. Give it workers, lower the shares (under playlog.spark: stream-cores, report-cores, stream-executor-memory, report-executor-memory), or set resources-timeout to wait longer."
            .formatted(master, timeout.toSeconds());
  }

  /** What a failure of Spark's means, if it is of this kind. */
  public static Optional<PlaylogException> in(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .map(Throwable::getMessage)
        .filter(Objects::nonNull)
        .flatMap(message -> explained(message).stream())
        .map(words -> new PlaylogException(ErrorCode.NO_EXECUTORS, words, failure))
        .findFirst();
  }

  private static Optional<String> explained(String message) {
    Matcher reason = REASON.matcher(message);
    if (reason.find()) {
      return Optional.of(reason.group(1));
    }
    return ENDED.matcher(message).find()
        ? Optional.of(
            "Spark has ended this job: its master, or somebody by its page, has taken it out, or its executors fail again and again. The logs of the master and the workers say why; then run this again.")
        : Optional.empty();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
