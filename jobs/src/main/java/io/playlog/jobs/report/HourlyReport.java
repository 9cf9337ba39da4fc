package io.playlog.jobs.report;

import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.jobs.cassandra.CassandraSession;
import io.playlog.jobs.progress.HoursTouched;
import io.playlog.jobs.schema.EventHour;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes the summaries of an hour. */
final class HourlyReport {
  private static final Logger LOG = LoggerFactory.getLogger(HourlyReport.class);
  private static final List<Integer> SHARDS = IntStream.range(0, EventHour.SHARDS).boxed().toList();

  private final JavaSparkContext spark;
  private final Cassandra cassandra;
  private final int readsInFlight;

  HourlyReport(JavaSparkContext spark, Cassandra cassandra, int readsInFlight) {
    this.spark = spark;
    this.cassandra = cassandra;
    this.readsInFlight = readsInFlight;
  }

  /**
   * The hour is marked complete last, with the offsets that were known before its records were
   * read: a listen that comes in between makes the hour due again.
   */
  void publish(CassandraSession session, Instant hour) {
    long start = System.nanoTime();
    ReportRuns runs = new ReportRuns(session);
    Instant startedAt = Instant.now();
    Map<String, Long> offsets = new HoursTouched(session).read(hour);
    runs.begin(hour, startedAt);
    HourTotals totals =
        spark
            .parallelize(SHARDS, SHARDS.size())
            .map(new SummarizeShard(cassandra, hour, startedAt, readsInFlight))
            .fold(HourTotals.NONE, HourTotals::plus);
    runs.end(hour, totals, offsets);
    LOG.info(
        "Published {}: {} listens of {} listeners in {} s",
        hour,
        totals.listens(),
        totals.listeners(),
        "%.2f".formatted((System.nanoTime() - start) / 1e9));
  }
}
