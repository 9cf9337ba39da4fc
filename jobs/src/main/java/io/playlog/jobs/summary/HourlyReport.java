package io.playlog.jobs.summary;

import io.playlog.jobs.context.JobContext;
import io.playlog.jobs.forget.ForgetGuard;
import io.playlog.jobs.summary.HourSums.Totals;
import io.playlog.jobs.summary.SummarizeShard.Summed;
import io.playlog.listen.Hour;
import io.playlog.listen.ListenParser;
import io.playlog.store.Hours;
import io.playlog.store.ListenersByHour;
import io.playlog.store.ReportRuns;
import io.playlog.store.ReportRuns.Run;
import io.playlog.store.SongsByHour;
import io.playlog.store.SongsByHour.Plays;
import io.playlog.store.TimeToLive;
import io.playlog.store.WriteTimestamps;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Publishes the summaries of an hour, by all tasks together.
 *
 * <p>The hour is marked complete last, with what was known to have touched it before its records
 * were read: a listen that comes in between makes it due again.
 *
 * <p>A report replaces what it finds, whatever clock wrote it: its timestamp is above that of the
 * last report, and if a summary turns out to be newer, the report begins again above that.
 *
 * <p>Only where rows of the hour may have expired, it keeps what counts more than is left:
 * summaries, and what everybody played.
 */
final class HourlyReport {
  private static final Logger LOG = LoggerFactory.getLogger(HourlyReport.class);

  private final JobContext job;
  private final JavaSparkContext spark;
  private final LongAccumulator shardsDone;
  private final Hours hours;
  private final ReportRuns runs;
  private final SongsByHour songsByHour;
  private final TimeToLive timeToLive;
  private final ForgetGuard guard;

  /**
   * Starts Spark, so that the first hour's time is its own.
   *
   * @param shardsDone counts the shards that were summed up
   */
  HourlyReport(JobContext job, LongAccumulator shardsDone) {
    this.job = job;
    this.spark = job.sparkContext();
    this.shardsDone = shardsDone;
    this.hours = new Hours(job.session());
    this.runs = new ReportRuns(job.session());
    this.songsByHour = new SongsByHour(job.session());
    this.timeToLive = TimeToLive.ofListens(job.session());
    this.guard = ForgetGuard.ofRows(job);
  }

  void publish(Hour hour) throws InterruptedException {
    long start = System.nanoTime();
    guard.begin();
    Optional<Run> last = runs.read(hour);
    long above = newest(last, songsByHour.newest(hour).toCompletableFuture().join());
    boolean mayHaveExpired = mayHaveExpired(timeToLive, hour);
    JavaRDD<Summed> shards;
    Totals totals;
    Hours.State state;
    PlannedHour planned;
    do {
      planned = new PlannedHour(hour, timestampAbove(hour, above), last.isPresent());
      state = hours.read(hour);
      runs.begin(hour, Instant.now(), planned.timestamp()).toCompletableFuture().join();
      shards = summarize(planned, mayHaveExpired);
      totals = shards.map(Summed::totals).fold(Totals.NONE, Totals::plus);
      above = totals.newestFound();
      if (above >= planned.timestamp()) {
        shards.unpersist();
      }
    } while (above >= planned.timestamp());
    if (!mayHaveExpired || plays(shards) >= last.map(Run::listens).orElse(0L)) {
      writeSongs(planned, shards);
    }
    shards.unpersist();
    if (mayHaveExpired) {
      totals = published(hour, totals, last);
    }
    guard.end();
    runs.end(hour, totals.listens(), totals.listeners(), state.touched(), planned.timestamp())
        .toCompletableFuture()
        .join();
    LOG.info(
        "Published {}: {} listens of {} listeners in {} s",
        hour,
        totals.listens(),
        totals.listeners(),
        seconds(start));
  }

  static boolean mayHaveExpired(TimeToLive timeToLive, Hour hour) {
    return timeToLive.mayHaveExpired(hour.start().minus(ListenParser.MAX_AHEAD), Instant.now());
  }

  static long newest(Optional<Run> last, long songs) {
    return Math.max(last.map(Run::writeTime).orElse(Long.MIN_VALUE), songs);
  }

  static String seconds(long since) {
    return String.format(Locale.ROOT, "%.2f", (System.nanoTime() - since) / 1e9);
  }

  /** Of a report; says so where what was found is ahead of this machine's clock. */
  static long timestampAbove(Hour hour, long found) {
    long timestamp = WriteTimestamps.ofClockAbove(found);
    if (found >= timestamp - 1) {
      LOG.warn(
          "The hour {} has a row that was written by a clock ahead of this one, at {}: the report is put above it",
          hour,
          Instant.EPOCH.plus(found, ChronoUnit.MICROS));
    }
    return timestamp;
  }

  /**
   * Of an hour of which rows of listens or listeners may have expired: the larger numbers are
   * nearer to what was.
   */
  private Totals published(Hour hour, Totals totals, Optional<Run> last) {
    if (last.isEmpty()) {
      LOG.warn(
          "Listens expire after {} s: rows of {}, which was never published, may have expired",
          timeToLive.duration().toSeconds(),
          hour);
      return totals;
    }
    if (totals.kept() > 0) {
      LOG.warn(
          "{} summaries of {} stay as they are: listens of theirs have expired",
          totals.kept(),
          hour);
    }
    return new Totals(
        Math.max(totals.listens(), last.get().listens()),
        Math.max(totals.listeners(), last.get().listeners()),
        totals.newestFound(),
        totals.kept());
  }

  /** Of the shards; kept until their songs are written, too. */
  private JavaRDD<Summed> summarize(PlannedHour planned, boolean mayHaveExpired) {
    return spark
        .parallelize(ListenersByHour.SHARDS, ListenersByHour.SHARDS.size())
        .map(
            new SummarizeShard(
                job.cassandra(),
                planned,
                mayHaveExpired,
                job.config().report().readsInFlight(),
                shardsDone))
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** Of all songs: what is there, without the listens that summaries which stay count besides. */
  private static long plays(JavaRDD<Summed> shards) {
    return shards
        .map(shard -> shard.songs().values().stream().mapToLong(Plays::plays).sum())
        .fold(0L, Long::sum);
  }

  /** What everybody played, instead of what an earlier report found. */
  private void writeSongs(PlannedHour planned, JavaRDD<Summed> shards) {
    if (planned.publishedBefore()) {
      songsByHour.delete(planned.hour(), planned.timestamp() - 1).toCompletableFuture().join();
    }
    shards
        .flatMapToPair(
            shard ->
                shard.songs().entrySet().stream()
                    .map(song -> new Tuple2<>(song.getKey(), song.getValue()))
                    .iterator())
        .reduceByKey(Plays::plus, spark.defaultParallelism())
        .foreachPartition(new WriteSongs(job.cassandra(), planned.hour(), planned.timestamp()));
  }
}
