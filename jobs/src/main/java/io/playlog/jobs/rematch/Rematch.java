package io.playlog.jobs.rematch;

import io.playlog.cli.TimeRange;
import io.playlog.jobs.context.JobContext;
import io.playlog.jobs.context.WorkOnHours;
import io.playlog.jobs.forget.ForgetGuard;
import io.playlog.listen.Hour;
import io.playlog.progress.Progress;
import io.playlog.store.HourMarks;
import io.playlog.store.Hours;
import io.playlog.store.ListenersByHour;
import io.playlog.store.Songs;
import io.playlog.store.Songs.Match;
import java.io.Serializable;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Matches stored listens anew, hour by hour. */
final class Rematch {
  static final String COMMAND = "rematch";
  private static final Logger LOG = LoggerFactory.getLogger(Rematch.class);

  private final JobContext job;
  private final UUID mark = UUID.randomUUID();
  private final HourMarks marks;
  private final JavaSparkContext spark;
  private final Broadcast<Songs> songs;
  private final LongAccumulator shardsDone;

  /**
   * Stored listens that had no song's features.
   *
   * @param unmatched all of them
   * @param matched those among them that got features
   * @param folded those among the matched whose song's name differs from theirs in case, typography
   *     or white space
   */
  record Matches(long unmatched, long matched, long folded) implements Serializable {
    static final Matches NONE = new Matches(0, 0, 0);

    static Matches of(Match match) {
      return new Matches(1, match == Match.NONE ? 0 : 1, match == Match.FOLDED ? 1 : 0);
    }

    Matches plus(Matches other) {
      return new Matches(
          unmatched + other.unmatched, matched + other.matched, folded + other.folded);
    }
  }

  Rematch(JobContext job, Songs songs) {
    this.job = job;
    this.marks = new HourMarks(job.session(), COMMAND, mark);
    this.spark = job.sparkContext();
    this.songs = spark.broadcast(songs);
    this.shardsDone = spark.sc().longAccumulator();
  }

  /**
   * Costs what the hours of the time cost that ever got listens.
   *
   * @param madeDue called with each hour whose records were changed, after that, oldest first
   */
  Matches run(TimeRange time, Consumer<Hour> madeDue) throws InterruptedException {
    ForgetGuard guard = ForgetGuard.ofRows(job);
    guard.begin();
    Matches all = Matches.NONE;
    Hour end = Hour.of(time.to().minusMillis(1)).next();
    Set<Hour> hours = new Hours(job.session()).read().subMap(Hour.of(time.from()), end).keySet();
    try (Progress progress =
        Progress.of(WorkOnHours.of("gone through", hours.size(), shardsDone::sum))) {
      for (Hour hour : hours) {
        all = all.plus(run(hour, part(hour, time), madeDue));
      }
    }
    guard.end();
    return all;
  }

  /** Of an hour, what lies within the time. */
  static TimeRange part(Hour hour, TimeRange time) {
    Instant from = time.from().isAfter(hour.start()) ? time.from() : hour.start();
    Instant to = time.to().isBefore(hour.end()) ? time.to() : hour.end();
    return new TimeRange(from, to);
  }

  private Matches run(Hour hour, TimeRange part, Consumer<Hour> madeDue) {
    Matches found =
        spark
            .parallelize(ListenersByHour.SHARDS, ListenersByHour.SHARDS.size())
            .map(
                new RematchShard(
                    job.config().stream(),
                    job.config().report().readsInFlight(),
                    job.cassandra(),
                    songs,
                    mark,
                    hour,
                    part.from(),
                    part.to(),
                    shardsDone))
            .fold(Matches.NONE, Matches::plus);
    // An attempt of a task that failed, or a rematch that was killed, has changed rows that are not
    // among those found.
    if (marks.closeOthers(hour) || found.matched() > 0) {
      marks.end(hour);
      madeDue.accept(hour);
      LOG.info(
          "Hour {}: matched {} of {} unmatched listens", hour, found.matched(), found.unmatched());
    }
    return found;
  }
}
