package io.playlog.jobs.rematch;

import io.playlog.catalogue.Catalogue;
import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.ConfigOption;
import io.playlog.jobs.ExitCode;
import io.playlog.jobs.InstantOption;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.jobs.cassandra.CassandraSession;
import io.playlog.jobs.progress.HoursTouched;
import io.playlog.jobs.schema.Schema;
import io.playlog.jobs.stream.SongColumns;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Fills in the features of listens that are stored without. */
@Command(
    name = "rematch",
    mixinStandardHelpOptions = true,
    description =
        "Adds the features of songs that the catalogue knows by now to listens stored without, and"
            + " makes their hours due. Listens that have features keep them.")
public final class RematchCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RematchCommand.class);

  @Spec private CommandSpec spec;

  @Mixin private ConfigOption configOption;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "TIME",
      converter = InstantOption.class,
      description = "Event time of the first listens, such as 2026-11-22T13:00Z.")
  private Instant from;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "TIME",
      converter = InstantOption.class,
      description = "Event time before which the last listens are.")
  private Instant to;

  @Override
  public Integer call() {
    if (!from.isBefore(to)) {
      throw new ParameterException(
          spec.commandLine(), "found --from %s, expected it before --to %s".formatted(from, to));
    }
    PlaylogConfig config = configOption.load();
    Catalogue catalogue = Catalogue.read(config.catalogue().path());
    LOG.info("Catalogue {}: {}", config.catalogue().path(), catalogue.summary());
    SparkConf conf = Cassandra.configure(new SparkConf(), config.cassandra());
    conf.setAppName("playlog-rematch");
    Cassandra cassandra = Cassandra.of(conf, config);
    try (CassandraSession session = cassandra.open()) {
      Schema.check(session);
      try (JavaSparkContext spark = new JavaSparkContext(conf)) {
        Rematch rematch = new Rematch(config, spark, cassandra, SongColumns.of(catalogue));
        run(rematch, new HourMarks(new HoursTouched(session)), config);
      }
    }
    return ExitCode.OK.code();
  }

  private void run(Rematch rematch, HourMarks marks, PlaylogConfig config) {
    HoursMadeDue hours =
        new HoursMadeDue(
            Instant.now().minus(config.report().lookback()).truncatedTo(ChronoUnit.HOURS));
    Matches found = rematch.run(marks, from, to, hours::add);
    spec.commandLine()
        .getOut()
        .printf(
            "unmatched %d, matched now %d, still unmatched %d, hours made due %s%n",
            found.unmatched(), found.matched(), found.unmatched() - found.matched(), hours);
    if (hours.beforeLookback() > 0) {
      LOG.warn(
          "{} of these hours are older than report.lookback, so no report finds them by itself: publish them with scripts/run-hourly-report.sh --hour",
          hours.beforeLookback());
    }
  }
}
