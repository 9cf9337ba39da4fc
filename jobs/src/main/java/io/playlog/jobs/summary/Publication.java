package io.playlog.jobs.summary;

import io.playlog.jobs.context.JobContext;
import io.playlog.jobs.context.WorkOnHours;
import io.playlog.listen.Hour;
import io.playlog.progress.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.util.LongAccumulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes the hours that were asked for, in portions: between two of them it may end. */
final class Publication {
  private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

  private static final int FIRST_PORTION = 64;
  private static final int LARGEST_PORTION = 2048;

  /** The next portion is half as large if one takes longer, so that the time budget is kept. */
  private static final Duration LONGEST_PORTION = Duration.ofSeconds(10);

  private final JobContext job;
  private final LongAccumulator shardsDone;
  private final HourlyReport hourly;
  private final ManyHoursReport many;

  Publication(JobContext job) {
    this.job = job;
    this.shardsDone = job.sparkContext().sc().longAccumulator();
    this.hourly = new HourlyReport(job, shardsDone);
    this.many = new ManyHoursReport(job, shardsDone);
  }

  /**
   * @param first published before all others
   * @param range all of them are published
   * @param due as many as the time budget allows, beginning with the first
   */
  void publish(Optional<Hour> first, Set<Hour> range, List<Hour> due) throws InterruptedException {
    long end = System.nanoTime() + job.config().report().timeBudget().toNanos();
    Set<Hour> hours = new LinkedHashSet<>();
    first.ifPresent(hours::add);
    hours.addAll(range);
    int asked = hours.size();
    hours.addAll(due);
    if (hours.isEmpty()) {
      LOG.info("No hour is due");
      return;
    }
    try (Progress progress =
        Progress.of(WorkOnHours.of("summed up", hours.size(), shardsDone::sum))) {
      List<Hour> left = new ArrayList<>(hours);
      // The one that is waited for is not held up by others of its portion.
      int portion = 1;
      while (!left.isEmpty()) {
        boolean isOverBudget =
            hours.size() - left.size() >= Math.max(1, asked) && System.nanoTime() > end;
        if (isOverBudget) {
          LOG.warn(
              "{} hours are still due after {} s (playlog.report.time-budget): the next run with --due goes on",
              left.size(),
              job.config().report().timeBudget().toSeconds());
          return;
        }
        List<Hour> next = left.subList(0, Math.min(portion, left.size()));
        long start = System.nanoTime();
        publish(next);
        next.clear();
        portion = following(portion, Duration.ofNanos(System.nanoTime() - start));
      }
    }
  }

  static int following(int portion, Duration took) {
    if (took.compareTo(LONGEST_PORTION) > 0) {
      return Math.max(1, portion / 2);
    }
    return Math.min(LARGEST_PORTION, Math.max(FIRST_PORTION, 2 * portion));
  }

  private void publish(Collection<Hour> portion) throws InterruptedException {
    for (Hour hour : portion.size() == 1 ? portion : many.publish(portion)) {
      hourly.publish(hour);
    }
  }
}
