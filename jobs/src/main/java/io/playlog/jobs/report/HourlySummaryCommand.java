package io.playlog.jobs.report;

import io.playlog.config.PlaylogConfig;
import io.playlog.config.ReportSettings;
import io.playlog.jobs.ConfigOption;
import io.playlog.jobs.ExitCode;
import io.playlog.jobs.JobException;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.jobs.cassandra.CassandraSession;
import io.playlog.jobs.kafka.SourceTopic;
import io.playlog.jobs.progress.HoursTouched;
import io.playlog.jobs.progress.StreamProgress;
import io.playlog.jobs.schema.Schema;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sums up hours that are over. */
@Command(
    name = "hourly-summary",
    mixinStandardHelpOptions = true,
    description = "Publishes the summaries of an hour, and with --due of all hours that need it.")
public final class HourlySummaryCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(HourlySummaryCommand.class);

  @Mixin private ConfigOption configOption;

  @Option(
      names = "--hour",
      paramLabel = "HOUR",
      converter = HourOption.class,
      description = "Start of the hour, such as 2026-11-22T13:00Z (default: the last full hour).")
  private Instant hour;

  @Option(
      names = "--due",
      description =
          "Publish also the hours within report.lookback that were never published, left"
              + " unfinished, or got listens since.")
  private boolean due;

  @Override
  public Integer call() throws InterruptedException {
    PlaylogConfig config = configOption.load();
    SortedSet<Instant> hours = new TreeSet<>();
    if (hour != null || !due) {
      hours.add(askedHour(config.report()));
    }
    SparkConf conf = Cassandra.configure(new SparkConf(), config.cassandra());
    conf.setAppName("playlog-hourly-summary");
    Cassandra cassandra = Cassandra.of(conf, config);
    try (CassandraSession session = cassandra.open()) {
      // An hour that ends while this waits is not covered by the offsets that the gate asks for
      // first.
      Instant asked = Instant.now();
      awaitStream(session, config);
      if (due) {
        hours.addAll(
            new DueHours(new HoursTouched(session), new ReportRuns(session), config.report())
                .find(asked));
      }
      publish(hours, conf, config, session);
    }
    return ExitCode.OK.code();
  }

  /** Refuses an hour that is not over, and waits for the grace period of one that just was. */
  private Instant askedHour(ReportSettings settings) throws InterruptedException {
    Instant now = Instant.now();
    Instant currentHour = now.truncatedTo(ChronoUnit.HOURS);
    Instant asked = hour == null ? currentHour.minus(Duration.ofHours(1)) : hour;
    if (!asked.isBefore(currentHour)) {
      throw new JobException(
          ExitCode.HOUR_NOT_OVER,
          "The hour %s is not over: it is %s. The last full hour is %s."
              .formatted(asked, now, currentHour.minus(Duration.ofHours(1))));
    }
    Duration grace = Duration.between(now, asked.plus(Duration.ofHours(1)).plus(settings.grace()));
    if (!grace.isNegative()) {
      LOG.info("Waiting {} s until the grace period of {} is over", grace.toSeconds(), asked);
      Thread.sleep(grace.toMillis());
    }
    return asked;
  }

  private static void awaitStream(CassandraSession session, PlaylogConfig config)
      throws InterruptedException {
    Schema.check(session);
    try (SourceTopic topic = new SourceTopic(config.kafka())) {
      StreamProgress progress = new StreamProgress(session, config.kafka().topic(), topic.id());
      new Gate(progress, config.report().gateTimeout()).await(topic);
    }
  }

  private static void publish(
      SortedSet<Instant> hours, SparkConf conf, PlaylogConfig config, CassandraSession session) {
    if (hours.isEmpty()) {
      LOG.info("No hour is due");
      return;
    }
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      HourlyReport report =
          new HourlyReport(spark, Cassandra.of(conf, config), config.report().readsInFlight());
      hours.forEach(hour -> report.publish(session, hour));
    }
  }
}
