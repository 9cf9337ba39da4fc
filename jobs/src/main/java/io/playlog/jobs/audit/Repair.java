package io.playlog.jobs.audit;

import static org.apache.spark.sql.functions.broadcast;

import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.jobs.cassandra.CassandraSession;
import io.playlog.jobs.progress.Counts;
import io.playlog.jobs.progress.HoursTouched;
import io.playlog.jobs.stream.MessageStore;
import java.time.Instant;
import java.util.SortedSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Stores what an audit found missing.
 *
 * @param hours that were made due
 */
record Repair(Counts stored, SortedSet<Instant> hours) {
  private static final String TOUCHED_BY = "audit";

  /** More of them are joined by sorting rather than in memory. */
  private static final long FEW = 100_000;

  /** Reads the messages again: dead letters keep them as they came. */
  static Repair run(
      AuditResult found,
      Dataset<Row> messages,
      SparkSession spark,
      PlaylogConfig config,
      Cassandra cassandra) {
    SortedSet<Instant> hours = found.hours();
    // Before, lest a crash leave hours that are stored but not due; after, since a report may have
    // read an hour in between.
    touch(hours, cassandra);
    Dataset<Row> missing = found.missing(spark).select("partition", "offset");
    Dataset<Row> chosen =
        messages
            .join(
                found.counts().missing() <= FEW ? broadcast(missing) : missing,
                missing.columns(),
                "left_semi")
            // The join puts its own columns first.
            .selectExpr(messages.columns());
    Counts stored = MessageStore.store(spark, config, cassandra, chosen);
    touch(hours, cassandra);
    return new Repair(stored, hours);
  }

  private static void touch(SortedSet<Instant> hours, Cassandra cassandra) {
    try (CassandraSession session = cassandra.open()) {
      HoursTouched touched = new HoursTouched(session);
      hours.forEach(hour -> touched.touch(hour, TOUCHED_BY));
    }
  }

  long messages() {
    return stored.listens() + stored.deadLetters();
  }
}
