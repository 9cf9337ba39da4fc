package io.playlog.jobs.audit;

import io.playlog.catalogue.Catalogue;
import io.playlog.jobs.context.JobContext;
import io.playlog.jobs.context.TaskCount;
import io.playlog.jobs.forget.ForgetGuard;
import io.playlog.jobs.ingest.Ingest;
import io.playlog.jobs.ingest.IngestResult;
import io.playlog.kafka.Offsets;
import io.playlog.listen.Hour;
import io.playlog.progress.Progress;
import io.playlog.progress.Work;
import io.playlog.store.Counts;
import io.playlog.store.HourMarks;
import io.playlog.store.Songs;
import java.util.SortedSet;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what an audit found missing, with the current catalogue; but no listen that may have
 * expired, which would stay for as long again.
 */
final class Repair {
  private static final Logger LOG = LoggerFactory.getLogger(Repair.class);
  private static final String COMMAND = "audit --repair";

  /** More of them are joined by sorting rather than in memory. */
  private static final long BROADCAST_JOIN_LIMIT = 100_000;

  private final JobContext job;

  Repair(JobContext job) {
    this.job = job;
  }

  /**
   * What was repaired.
   *
   * @param hours that were made due
   */
  record Repaired(Counts stored, SortedSet<Hour> hours) {
    long messages() {
      return stored.listens() + stored.deadLetters();
    }
  }

  /**
   * Reads the messages again: dead letters keep them as they came.
   *
   * @param audit that was run
   * @param missing how many it found
   */
  Repaired run(Audit audit, long missing) throws InterruptedException {
    // First: a catalogue that cannot be used must make no hour due.
    Catalogue catalogue = Catalogue.read(job.config().catalogue().path());
    catalogue.warnings().forEach(LOG::warn);
    SortedSet<Hour> hours = audit.hoursOfRepairable();
    HourMarks marks = new HourMarks(job.session(), COMMAND, UUID.randomUUID());
    hours.forEach(marks::begin);
    Counts stored;
    TaskCount read = job.count(TaskCount.RECORDS_READ);
    try (Progress progress =
        Progress.of(Work.of("read again", "messages", read).outOf(audit.size()))) {
      stored =
          IngestResult.all(
              new Ingest(job, audit.topicId(), ForgetGuard.ofMessages(job))
                  .store(
                      missingMessages(audit, missing),
                      missing,
                      job.sparkContext().broadcast(new Songs(catalogue.songs())),
                      Offsets.NONE));
    }
    hours.forEach(marks::end);
    return new Repaired(stored, hours);
  }

  private static Dataset<Row> missingMessages(Audit audit, long missing) {
    Dataset<Row> messages = audit.messages();
    Dataset<Row> coordinates = audit.repairableEntries().select("partition", "offset");
    return messages
        .join(
            missing <= BROADCAST_JOIN_LIMIT ? functions.broadcast(coordinates) : coordinates,
            coordinates.columns(),
            "left_semi")
        // The join puts its own columns first.
        .selectExpr(messages.columns());
  }
}
