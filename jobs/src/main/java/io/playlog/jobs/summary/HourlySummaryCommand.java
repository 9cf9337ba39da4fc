package io.playlog.jobs.summary;

import io.playlog.cli.HourConverter;
import io.playlog.cli.Program;
import io.playlog.config.PlaylogConfig;
import io.playlog.config.ReportSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.jobs.context.JobContext;
import io.playlog.kafka.Topic;
import io.playlog.listen.Hour;
import io.playlog.store.Hours;
import io.playlog.store.StreamProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Sums up hours that are over. */
@Command(
    name = "hourly-summary",
    mixinStandardHelpOptions = true,
    description = {
      "Publishes the summaries of an hour, or of a range of hours, and with --due of all hours that need it."
    })
public final class HourlySummaryCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(HourlySummaryCommand.class);

  @Spec private CommandSpec spec;

  @ParentCommand private Program program;

  @Option(
      names = "--hour",
      paramLabel = "HOUR",
      converter = HourConverter.class,
      description = "Start of the hour, such as 2026-11-22T13:00Z (default: the last full hour).")
  private Hour hour;

  @Option(
      names = "--from",
      paramLabel = "HOUR",
      converter = HourConverter.class,
      description = {
        "Publish all hours from this one on that anybody listened in, whether or not they are due, the newest",
        "first, and however long it takes. With --to."
      })
  private Hour from;

  @Option(
      names = "--to",
      paramLabel = "HOUR",
      converter = HourConverter.class,
      description = "The hour before which the last one is; such as the start of the running one.")
  private Hour to;

  @Option(
      names = "--due",
      description =
          "Publish also every hour, however old, that got listens and was never published, was left"
              + " unfinished, or was changed since: by listens, a rematch, a repair or forget. The"
              + " newest come first, for playlog.report.time-budget; what is left stays due.")
  private boolean due;

  @Override
  public Integer call() throws InterruptedException {
    checkOptions();
    PlaylogConfig config = program.loadConfig();
    Optional<Hour> first =
        hour != null || !due && from == null
            ? Optional.of(askedHour(config.report()))
            : Optional.empty();
    try (JobContext job = JobContext.open("hourly-summary", config)) {
      // An hour that ends while this waits is not covered by the offsets that the gate asks for
      // first.
      Instant asked = Instant.now();
      awaitStream(job);
      Instant over = asked.minus(config.report().grace());
      NavigableMap<Hour, Hours.State> known =
          due || from != null ? new Hours(job.session()).read() : new TreeMap<>();
      known.keySet().removeIf(each -> each.end().isAfter(over));
      Set<Hour> range =
          from == null ? Set.of() : known.subMap(from, true, to, false).descendingKeySet();
      List<Hour> allDue = due ? Hours.due(known, over) : List.of();
      new Publication(job).publish(first, range, allDue);
    }
    return 0;
  }

  private void checkOptions() {
    if (from == null != (to == null)) {
      throw new ParameterException(
          spec.commandLine(), "found one of --from and --to, expected both of them or none");
    }
    if (from != null && from.compareTo(to) >= 0) {
      throw new ParameterException(
          spec.commandLine(),
          "--from: found %s, expected an hour before --to %s".formatted(from, to));
    }
  }

  /** Refuses an hour that is not over, and waits for the grace period of one that just was. */
  private Hour askedHour(ReportSettings settings) throws InterruptedException {
    Instant now = Instant.now();
    Hour lastFullHour = Hour.of(now).previous();
    Hour asked = hour == null ? lastFullHour : hour;
    if (asked.compareTo(lastFullHour) > 0) {
      throw new PlaylogException(
          ErrorCode.HOUR_NOT_OVER,
          "The hour %s is not over: it is %s. The last full hour is %s."
              .formatted(asked, now, lastFullHour));
    }
    Duration grace = Duration.between(now, asked.end().plus(settings.grace()));
    if (!grace.isNegative()) {
      LOG.info("Waiting {} s until the grace period of {} is over", grace.toSeconds(), asked);
      Thread.sleep(grace.toMillis());
    }
    return asked;
  }

  private static void awaitStream(JobContext job) throws InterruptedException {
    PlaylogConfig config = job.config();
    try (Topic topic = Topic.ofListens(config.kafka())) {
      StreamProgress progress = new StreamProgress(job.session(), topic.name(), topic.id());
      new Gate(progress, config.report().gateTimeout()).await(topic);
    }
  }
}
