package io.playlog.jobs.audit;

import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** What an audit found. Only what is asked for comes to the driver. */
final class AuditResult {
  private final JavaRDD<Findings> findings;
  private final AuditCounts counts;

  /** Runs the audit. */
  AuditResult(JavaRDD<Findings> findings) {
    this.findings = findings.persist(StorageLevel.MEMORY_AND_DISK());
    this.counts = this.findings.map(Findings::counts).fold(AuditCounts.NONE, AuditCounts::plus);
  }

  AuditCounts counts() {
    return counts;
  }

  /** Ordered by topic partition and offset. */
  List<Entry> firstMissing(int limit) {
    return counts.missing() == 0 ? List.of() : missing().takeOrdered(limit);
  }

  /** The hours of the listens that are missing. */
  SortedSet<Instant> hours() {
    SortedSet<Instant> hours = new TreeSet<>();
    missing()
        .filter(Entry::isListen)
        .map(Entry::hour)
        .distinct()
        .collect()
        .forEach(hour -> hours.add(Instant.ofEpochMilli(hour)));
    return hours;
  }

  /** With the columns of {@link Entry#SCHEMA}. */
  Dataset<Row> missing(SparkSession spark) {
    return spark.createDataFrame(missing().map(Entry::toRow), Entry.SCHEMA);
  }

  private JavaRDD<Entry> missing() {
    return findings.flatMap(found -> found.missing().iterator());
  }
}
