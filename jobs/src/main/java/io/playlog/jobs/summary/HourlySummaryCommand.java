package io.playlog.jobs.summary;

import io.playlog.cli.HourConverter;
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
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Sums up hours that are over. */
@Command(
    name = "hourly-summary",
    mixinStandardHelpOptions = true,
    description = "Publishes the summaries of an hour, and with --due of all hours that need it.")
public final class HourlySummaryCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(HourlySummaryCommand.class);

  @ParentCommand private Program program;

  @Option(
      names = "--hour",
      paramLabel = "HOUR",
      converter = HourConverter.class,
      description = "Start of the hour, such as 2026-11-22T13:00Z (default: the last full hour).")
  private Hour hour;

  @Option(
      names = "--due",
      description =
          "Publish also every hour, however old, that got listens and was never published, was left"
              + " unfinished, or was changed since: by listens, a rematch, a repair or forget. The"
              + " newest come first, for playlog.report.time-budget; what is left stays due.")
  private boolean due;

  @Override
  public Integer call() throws InterruptedException {
    PlaylogConfig config = program.loadConfig();
    Set<Hour> hours = new LinkedHashSet<>();
    if (hour != null || !due) {
      hours.add(askedHour(config.report()));
    }
    try (JobContext job = JobContext.open("hourly-summary", config)) {
      // An hour that ends while this waits is not covered by the offsets that the gate asks for
      // first.
      Instant asked = Instant.now();
      awaitStream(job);
      if (due) {
        hours.addAll(
            Hours.due(new Hours(job.session()).read(), asked.minus(config.report().grace())));
      }
      publish(hours, job);
    }
    return 0;
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

  /** The first one always; the rest within the time budget. */
  private static void publish(Set<Hour> hours, JobContext job) throws InterruptedException {
    if (hours.isEmpty()) {
      LOG.info("No hour is due");
      return;
    }
    Duration budget = job.config().report().timeBudget();
    long end = System.nanoTime() + budget.toNanos();
    HourlyReport report = new HourlyReport(job);
    int published = 0;
    try (Progress progress =
        Progress.of(WorkOnHours.of("summed up", hours.size(), report::shardsDone))) {
      for (Hour next : hours) {
        if (published > 0 && System.nanoTime() > end) {
          LOG.warn(
              "{} hours are still due after {} s (playlog.report.time-budget): the next run with --due goes on",
              hours.size() - published,
              budget.toSeconds());
          return;
        }
        report.publish(next);
        published++;
      }
    }
  }
}
