package io.playlog.jobs.context;

import io.playlog.cassandra.CassandraSession;
import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.schema.Schema;
import io.playlog.store.Grants;
import java.time.Duration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * What a job works with: settings, a session with Cassandra and, from when it is first asked for,
 * Spark. What a job has to check it checks before that, since Spark takes seconds to start.
 */
public final class JobContext implements AutoCloseable {
  /** Of jobs whose numbers a person waits for; sooner, the first may come before Spark is up. */
  private static final String HEARTBEAT = "2s";

  private final PlaylogConfig config;
  private final SparkConf conf;
  private final Cassandra cassandra;
  private final CassandraSession session;
  private SparkSession spark;
  private ExecutorWatch watch;

  private JobContext(String name, PlaylogConfig config) {
    this.config = config;
    this.conf =
        Cassandra.configure(new SparkConf(), config.cassandra())
            .setAppName("playlog-" + name)
            .set("spark.sql.session.timeZone", "UTC");
    Share.of(name, config.spark()).set(conf);
    this.cassandra = Cassandra.of(conf, config.cassandra());
    this.session = cassandra.open();
  }

  /**
   * @param name the job's command
   * @throws io.playlog.error.PlaylogException if Cassandra cannot be used, its tables are not as
   *     they must be, or the job may not use them
   */
  public static JobContext open(String name, PlaylogConfig config) {
    JobContext job = openWithoutSchema(name, config);
    try {
      Schema.check(job.session);
      Grants.of(name).require(job.session);
      return job;
    } catch (RuntimeException e) {
      job.close();
      throw e;
    }
  }

  /** For the job that makes the tables. */
  public static JobContext openWithoutSchema(String name, PlaylogConfig config) {
    return new JobContext(name, config);
  }

  public PlaylogConfig config() {
    return config;
  }

  /** For the executors. */
  public Cassandra cassandra() {
    return cassandra;
  }

  /** For the driver. */
  public CassandraSession session() {
    return session;
  }

  /**
   * @throws io.playlog.error.PlaylogException if no cluster takes the job in time
   */
  public SparkSession spark() {
    if (spark == null) {
      Duration timeout = config.spark().resourcesTimeout();
      spark = new SparkStart(conf, timeout).session();
      if (!SparkStart.isLocal(SparkStart.master(conf))) {
        watch = ExecutorWatch.start(spark.sparkContext(), timeout);
      }
    }
    return spark;
  }

  public JavaSparkContext sparkContext() {
    return JavaSparkContext.fromSparkContext(spark().sparkContext());
  }

  /**
   * Counts what tasks count from now on. To be called before {@link #spark}, or running tasks are
   * seen every ten seconds only.
   *
   * @param accumulator its name: one of {@link TaskCount}, or one's own
   */
  public TaskCount count(String accumulator) {
    conf.setIfMissing("spark.executor.heartbeatInterval", HEARTBEAT);
    TaskCount count = new TaskCount(accumulator);
    sparkContext().sc().addSparkListener(count);
    return count;
  }

  @Override
  public void close() {
    try {
      session.close();
    } finally {
      if (watch != null) {
        watch.close();
      }
      if (spark != null) {
        spark.stop();
      }
    }
  }
}
