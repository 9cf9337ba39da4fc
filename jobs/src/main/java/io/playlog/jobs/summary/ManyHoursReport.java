package io.playlog.jobs.summary;

import io.playlog.cassandra.InFlight;
import io.playlog.jobs.context.JobContext;
import io.playlog.jobs.forget.ForgetGuard;
import io.playlog.jobs.summary.HourSums.Totals;
import io.playlog.listen.Hour;
import io.playlog.store.Hours;
import io.playlog.store.ReportRuns;
import io.playlog.store.ReportRuns.Run;
import io.playlog.store.SongsByHour;
import io.playlog.store.TimeToLive;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes many hours in which few listened at a time, as {@link HourlyReport} does each: it would
 * take tens of times as long for a history of years, whose hours mostly have one listener.
 */
final class ManyHoursReport {
  private static final Logger LOG = LoggerFactory.getLogger(ManyHoursReport.class);

  /** Hours have unequal numbers of listeners; a core whose task is done takes another. */
  private static final int TASKS_PER_CORE = 4;

  private final JobContext job;
  private final JavaSparkContext spark;
  private final LongAccumulator shardsDone;
  private final Hours hours;
  private final ReportRuns runs;
  private final SongsByHour songsByHour;
  private final TimeToLive timeToLive;
  private final ForgetGuard guard;

  /**
   * @param shardsDone counts the shards that were summed up
   */
  ManyHoursReport(JobContext job, LongAccumulator shardsDone) {
    this.job = job;
    this.spark = job.sparkContext();
    this.shardsDone = shardsDone;
    this.hours = new Hours(job.session());
    this.runs = new ReportRuns(job.session());
    this.songsByHour = new SongsByHour(job.session());
    this.timeToLive = TimeToLive.ofListens(job.session());
    this.guard = ForgetGuard.ofRows(job);
  }

  /**
   * Publishes the hours in which few listened; until all are, they are unfinished.
   *
   * @return those of many listeners, those whose rows may have expired and those in which a row
   *     from the future was found: to be published one by one
   */
  List<Hour> publish(Collection<Hour> asked) throws InterruptedException {
    long start = System.nanoTime();
    List<Hour> left = new ArrayList<>();
    List<Hour> kept = new ArrayList<>();
    for (Hour hour : asked) {
      (HourlyReport.mayHaveExpired(timeToLive, hour) ? left : kept).add(hour);
    }
    if (kept.isEmpty()) {
      return left;
    }
    guard.begin();
    // Before the records are read: what touches an hour from now on makes it due again.
    Map<Hour, Hours.State> states =
        hours.read(kept.stream().map(Hour::day).collect(Collectors.toSet()));
    List<PlannedHour> plan = plan(kept, states);
    begin(plan);
    Map<Hour, Totals> summed = sumUp(plan);
    guard.end();
    Map<PlannedHour, Totals> published = new LinkedHashMap<>();
    for (PlannedHour planned : plan) {
      Totals totals = summed.get(planned.hour());
      if (totals == null || totals.newestFound() >= planned.timestamp()) {
        left.add(planned.hour());
      } else {
        published.put(planned, totals);
      }
    }
    end(published, states);
    LOG.info(
        "Published {} hours, {} to {}: {} listens in {} s",
        published.size(),
        kept.stream().min(Hour::compareTo).orElseThrow(),
        kept.stream().max(Hour::compareTo).orElseThrow(),
        published.values().stream().mapToLong(Totals::listens).sum(),
        HourlyReport.seconds(start));
    return left;
  }

  private List<PlannedHour> plan(List<Hour> kept, Map<Hour, Hours.State> states)
      throws InterruptedException {
    Map<Hour, Long> newestSongs = new ConcurrentHashMap<>();
    InFlight reads = inFlight();
    for (Hour hour : kept) {
      reads.start(
          1, () -> songsByHour.newest(hour).thenAccept(found -> newestSongs.put(hour, found)));
    }
    reads.await();
    List<PlannedHour> plan = new ArrayList<>();
    for (Hour hour : kept) {
      Optional<Run> last = states.getOrDefault(hour, Hours.State.NONE).run();
      long above = HourlyReport.newest(last, newestSongs.get(hour));
      plan.add(new PlannedHour(hour, HourlyReport.timestampAbove(hour, above), last.isPresent()));
    }
    return plan;
  }

  private void begin(List<PlannedHour> plan) throws InterruptedException {
    InFlight writes = inFlight();
    for (PlannedHour planned : plan) {
      writes.start(1, () -> runs.begin(planned.hour(), Instant.now(), planned.timestamp()));
    }
    writes.await();
  }

  private Map<Hour, Totals> sumUp(List<PlannedHour> plan) {
    Map<Hour, Totals> summed = new HashMap<>();
    spark
        .parallelize(plan, Math.min(plan.size(), TASKS_PER_CORE * spark.defaultParallelism()))
        .mapPartitions(
            new SummarizeHours(job.cassandra(), job.config().report().readsInFlight(), shardsDone))
        .collect()
        .forEach(one -> summed.put(one.hour(), one.totals()));
    return summed;
  }

  private void end(Map<PlannedHour, Totals> published, Map<Hour, Hours.State> states)
      throws InterruptedException {
    InFlight writes = inFlight();
    for (Map.Entry<PlannedHour, Totals> each : published.entrySet()) {
      Hour hour = each.getKey().hour();
      Totals totals = each.getValue();
      Map<String, Long> touched = states.getOrDefault(hour, Hours.State.NONE).touched();
      long timestamp = each.getKey().timestamp();
      writes.start(
          1, () -> runs.end(hour, totals.listens(), totals.listeners(), touched, timestamp));
    }
    writes.await();
  }

  private InFlight inFlight() {
    return new InFlight(job.config().report().readsInFlight());
  }
}
