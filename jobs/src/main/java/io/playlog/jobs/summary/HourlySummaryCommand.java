package io.playlog.jobs.summary;

import io.playlog.cli.HourConverter;
import io.playlog.cli.InstantConverter;
import io.playlog.cli.Program;
import io.playlog.config.PlaylogConfig;
import io.playlog.config.ReportSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.jobs.context.JobContext;
import io.playlog.jobs.context.WorkOnHours;
import io.playlog.kafka.Topic;
import io.playlog.listen.Hour;
import io.playlog.progress.Progress;
import io.playlog.store.Hours;
import io.playlog.store.StreamProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.spark.util.LongAccumulator;
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
      names = "--skip-published-since",
      paramLabel = "INSTANT",
      converter = InstantConverter.class,
      description = {
        "With --from: leave out hours whose last report began no earlier, and that are not due since; to go on with",
        "a range that was interrupted, give the instant at which it was first asked for."
      })
  private Instant publishedSince;

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
    Set<Hour> asked = new LinkedHashSet<>();
    if (hour != null || !due && from == null) {
      asked.add(askedHour(config.report()));
    }
    try (JobContext job = JobContext.open("hourly-summary", config)) {
      // An hour that ends while this waits is not covered by the offsets that the gate asks for
      // first.
      Instant over = Instant.now().minus(config.report().grace());
      awaitStream(job);
      Set<Hour> allDue = new LinkedHashSet<>();
      if (due || from != null) {
        NavigableMap<Hour, Hours.State> known = new Hours(job.session()).read();
        if (from != null) {
          HourRange range = new HourRange(from, to, Optional.ofNullable(publishedSince));
          asked.addAll(range.hours(known, over));
        }
        if (due) {
          allDue.addAll(Hours.due(known, over));
          LOG.info(allDue.isEmpty() ? "No hour is due" : "{} hours are due", allDue.size());
          allDue.removeAll(asked);
        }
      }
      if (!asked.isEmpty() || !allDue.isEmpty()) {
        publish(job, asked, allDue);
      }
    }
    return 0;
  }

  private static void publish(JobContext job, Set<Hour> asked, Set<Hour> allDue)
      throws InterruptedException {
    LongAccumulator shardsDone = job.sparkContext().sc().longAccumulator();
    HourlyReport hourly = new HourlyReport(job, shardsDone);
    ManyHoursReport many = new ManyHoursReport(job, shardsDone);
    Publication.Reports reports =
        new Publication.Reports() {
          @Override
          public void publish(Hour hour) throws InterruptedException {
            hourly.publish(hour);
          }

          @Override
          public List<Hour> publish(List<Hour> hours) throws InterruptedException {
            return many.publish(hours);
          }
        };
    Duration budget = job.config().report().timeBudget();
    int hours = asked.size() + allDue.size();
    try (Progress progress = Progress.of(WorkOnHours.of("summed up", hours, shardsDone::sum))) {
      int left = new Publication(reports, System::nanoTime).publish(asked, allDue, budget);
      if (left > 0) {
        LOG.warn(
            "{} hours are still due after {} s (playlog.report.time-budget): the next run with --due goes on",
            left,
            budget.toSeconds());
      }
    }
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
    if (publishedSince != null && from == null) {
      throw new ParameterException(
          spec.commandLine(),
          "found --skip-published-since without --from and --to, expected a range that it is about");
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
