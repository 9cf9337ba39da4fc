package io.playlog.jobs.context;

import io.playlog.error.ErrorCode;
import io.playlog.error.Failures;
import io.playlog.error.PlaylogException;
import io.playlog.net.Connections;
import io.playlog.threads.DaemonThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts Spark, on a cluster within a bounded time. Spark's own bounds are a minute for a
 * standalone master and none for YARN, and what it says of them names no reason.
 *
 * @param timeout for the cluster to take the job
 */
record SparkStart(SparkConf conf, Duration timeout) {
  private static final Logger LOG = LoggerFactory.getLogger(SparkStart.class);

  private static final String STANDALONE = "spark://";
  private static final Pattern MASTER = Pattern.compile("\\[?([^\\[\\],]+?)]?:(\\d+)");
  private static final long POLL_MS = 1000;

  /**
   * @throws PlaylogException if no master takes the job in time
   */
  SparkSession session() {
    String master = master(conf);
    if (isLocal(master)) {
      try {
        return SparkSession.builder().config(conf).getOrCreate();
      } catch (RuntimeException e) {
        throw refused(e).orElseThrow(() -> e);
      }
    }
    long start = System.nanoTime();
    if (master.startsWith(STANDALONE)) {
      awaitMaster(master, start);
    }
    FutureTask<SparkSession> starting =
        new FutureTask<>(() -> SparkSession.builder().config(conf).getOrCreate());
    new DaemonThreads("start-spark").newThread(starting).start();
    try {
      return starting.get(left(start), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      starting.cancel(true);
      throw unreachable(master, "no answer within %d s".formatted(timeout.toSeconds()), e);
    } catch (ExecutionException e) {
      throw refused(e).orElseGet(() -> unreachable(master, Failures.words(Failures.root(e)), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Spark starts", e);
    }
  }

  static String master(SparkConf conf) {
    return conf.get("spark.master", "local");
  }

  static boolean isLocal(String master) {
    return master.startsWith("local");
  }

  private long left(long start) {
    return timeout.toNanos() - (System.nanoTime() - start);
  }

  /** Until one of them takes connections: it may just be started again. */
  private void awaitMaster(String master, long start) {
    List<String> problems = problems(master);
    if (!problems.isEmpty()) {
      LOG.info("Waiting for Spark's master: {}", String.join(", ", problems));
    }
    try {
      for (; !problems.isEmpty(); problems = problems(master)) {
        if (left(start) < 0) {
          throw unreachable(master, String.join(", ", problems), null);
        }
        Thread.sleep(POLL_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Spark's master is awaited", e);
    }
  }

  /**
   * @param master such as {@code spark://one:7077,two:7077}
   * @return empty if one of them takes connections, or the address is Spark's to explain
   */
  static List<String> problems(String master) {
    List<String> problems = new ArrayList<>();
    for (String address : master.substring(STANDALONE.length()).split(",")) {
      Matcher parts = MASTER.matcher(address.strip());
      if (!parts.matches() || parts.group(2).length() > 5) {
        return List.of();
      }
      String problem =
          Connections.problem(parts.group(1), Integer.parseInt(parts.group(2))).orElse("");
      if (problem.isEmpty()) {
        return List.of();
      }
      problems.add(address.strip() + " " + problem);
    }
    return problems;
  }

  /** Of Spark's errors those that it explains itself; without a master it calls itself broken. */
  private static Optional<PlaylogException> refused(Throwable failure) {
    return Failures.root(failure) instanceof SparkThrowable explained
            && !explained.isInternalError()
        ? Optional.of(
            new PlaylogException(
                ErrorCode.BAD_SETTINGS,
                "Spark refuses its settings (playlog.spark, or a configuration of its own): "
                    + Failures.words(Failures.root(failure)),
                failure))
        : Optional.empty();
  }

  private static PlaylogException unreachable(String master, String reason, Exception cause) {
    return new PlaylogException(
        ErrorCode.SPARK_UNREACHABLE,
        "Spark at %s does not take this job: %s. Start its master, or set playlog.spark.master or PLAYLOG_SPARK_MASTER to yours; playlog.spark.resources-timeout says how long to wait for it."
            .formatted(master, reason),
        cause);
  }
}
