package io.playlog.jobs.summary;

import io.playlog.cassandra.InFlight;
import io.playlog.jobs.context.JobContext;
import io.playlog.jobs.forget.ForgetGuard;
import io.playlog.jobs.summary.HourSums.Totals;
import io.playlog.listen.Hour;
import io.playlog.store.Hours;
import io.playlog.store.ListenersByHour;
import io.playlog.store.ReportRuns;
import io.playlog.store.ReportRuns.Run;
import io.playlog.store.SongsByHour;
import io.playlog.store.TimeToLive;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
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
  private final ListenersByHour listenersByHour;
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
    this.listenersByHour = new ListenersByHour(job.session());
    this.timeToLive = TimeToLive.ofListens(job.session());
    this.guard = ForgetGuard.ofRows(job);
  }

  /**
   * Publishes the hours in which few listened; until all are, they are unfinished. The others are
   * left as they are.
   *
   * @return those of many listeners or listens, those whose rows may have expired and those in
   *     which a row from the future was found: to be published one by one
   */
  List<Hour> publish(List<Hour> asked) throws InterruptedException {
    long start = System.nanoTime();
    List<Hour> kept =
        asked.stream().filter(hour -> !HourlyReport.mayHaveExpired(timeToLive, hour)).toList();
    guard.begin();
    // Before the records are read: what touches an hour from now on makes it due again.
    Map<Hour, Hours.State> states =
        hours.read(kept.stream().map(Hour::day).collect(Collectors.toSet()));
    List<NarrowHour> plan = plan(kept, states);
    begin(plan);
    Map<Hour, Totals> published = sumUp(plan);
    guard.end();
    for (NarrowHour each : plan) {
      PlannedHour planned = each.planned();
      if (published.get(planned.hour()).newestFound() >= planned.timestamp()) {
        published.remove(planned.hour());
      }
    }
    end(plan, published, states);
    if (!published.isEmpty()) {
      LOG.info(
          "Published {} hours, {} to {}: {} listens in {} s",
          published.size(),
          Collections.min(published.keySet()),
          Collections.max(published.keySet()),
          published.values().stream().mapToLong(Totals::listens).sum(),
          HourlyReport.seconds(start));
    }
    return asked.stream().filter(hour -> !published.containsKey(hour)).toList();
  }

  /** Only narrow hours: what is not begun pays nothing for having been asked for here. */
  private List<NarrowHour> plan(List<Hour> kept, Map<Hour, Hours.State> states)
      throws InterruptedException {
    Map<Hour, NarrowHour> narrow = new ConcurrentHashMap<>();
    InFlight reads = inFlight();
    for (Hour hour : kept) {
      Optional<Run> last = states.getOrDefault(hour, Hours.State.NONE).run();
      if (NarrowHour.isPossible(last)) {
        reads.start(
            2,
            () ->
                songsByHour
                    .newest(hour)
                    .thenApply(songs -> planned(hour, last, songs))
                    .thenCombine(
                        listenersByHour.first(hour, NarrowHour.MOST_LISTENERS + 1), NarrowHour::new)
                    .thenAccept(
                        found -> {
                          if (found.listeners().size() <= NarrowHour.MOST_LISTENERS) {
                            narrow.put(hour, found);
                          }
                        }));
      }
    }
    reads.await();
    return kept.stream().filter(narrow::containsKey).map(narrow::get).toList();
  }

  private static PlannedHour planned(Hour hour, Optional<Run> last, long songs) {
    long above = HourlyReport.newest(last, songs);
    return new PlannedHour(hour, HourlyReport.timestampAbove(hour, above), last.isPresent());
  }

  private void begin(List<NarrowHour> plan) throws InterruptedException {
    InFlight writes = inFlight();
    for (NarrowHour each : plan) {
      PlannedHour planned = each.planned();
      writes.start(1, () -> runs.begin(planned.hour(), Instant.now(), planned.timestamp()));
    }
    writes.await();
  }

  private Map<Hour, Totals> sumUp(List<NarrowHour> plan) {
    Map<Hour, Totals> summed = new HashMap<>();
    if (plan.isEmpty()) {
      return summed;
    }
    spark
        .parallelize(plan, Math.min(plan.size(), TASKS_PER_CORE * spark.defaultParallelism()))
        .mapPartitions(
            new SummarizeHours(job.cassandra(), job.config().report().readsInFlight(), shardsDone))
        .collect()
        .forEach(one -> summed.put(one.hour(), one.totals()));
    return summed;
  }

  private void end(
      List<NarrowHour> plan, Map<Hour, Totals> published, Map<Hour, Hours.State> states)
      throws InterruptedException {
    InFlight writes = inFlight();
    for (NarrowHour each : plan) {
      Hour hour = each.planned().hour();
      Totals totals = published.get(hour);
      if (totals != null) {
        Map<String, Long> touched = states.getOrDefault(hour, Hours.State.NONE).touched();
        long timestamp = each.planned().timestamp();
        writes.start(
            1, () -> runs.end(hour, totals.listens(), totals.listeners(), touched, timestamp));
      }
    }
    writes.await();
  }

  private InFlight inFlight() {
    return new InFlight(job.config().report().readsInFlight());
  }
}
