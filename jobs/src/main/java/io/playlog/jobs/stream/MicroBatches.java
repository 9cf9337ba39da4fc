package io.playlog.jobs.stream;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.jobs.context.JobContext;
import io.playlog.jobs.forget.ForgetGuard;
import io.playlog.jobs.ingest.Ingest;
import io.playlog.jobs.ingest.IngestResult;
import io.playlog.kafka.Offsets;
import io.playlog.store.Counts;
import io.playlog.store.HoursTouched;
import io.playlog.store.StreamProgress;
import io.playlog.store.StreamProgress.Partition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Stores micro-batches: records and dead letters, then the hours touched, then the progress. What
 * comes later says that the earlier is stored, so a crash in between makes a replay, never a gap.
 */
final class MicroBatches {
  private final String keyspace;
  private final boolean readsItsWrites;
  private final String topicId;
  private final CurrentSongs songs;
  private final ForgetGuard guard;
  private final Ingest ingest;
  private final HoursTouched hoursTouched;
  private final StreamProgress progress;
  private final Lease lease;
  private Offsets stored;

  /**
   * @param progress that this stream has begun to write
   * @param lease that it has had since before
   */
  MicroBatches(
      JobContext job, String topicId, StreamProgress progress, CurrentSongs songs, Lease lease) {
    this.keyspace = job.config().cassandra().keyspace();
    this.readsItsWrites = job.cassandra().readsItsWrites();
    this.topicId = topicId;
    this.songs = songs;
    this.guard = ForgetGuard.ofMessages(job);
    this.ingest = new Ingest(job, topicId, guard);
    this.hoursTouched = new HoursTouched(job.session());
    this.progress = progress;
    this.lease = lease;
    this.stored = progress.nextOffsets();
  }

  /** Before the first batch: of the last one of an earlier stream, a part may be stored. */
  void recover() {
    try {
      guard.recover(stored);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before the first batch", e);
    }
  }

  /** Before which all messages were stored when the last batch was. */
  Offsets stored() {
    return stored;
  }

  /**
   * @param messages as for {@link io.playlog.jobs.kafka.Message#of}
   * @param end of the batch, per Kafka partition
   * @throws PlaylogException if another stream has the lease, or the progress is not as it was
   *     written last
   */
  Counts store(Dataset<Row> messages, Offsets end) throws InterruptedException {
    List<IngestResult> results = ingest.store(messages, end.aheadOf(stored), songs.get(), stored);
    hoursTouched.write(topicId, IngestResult.touches(results));
    // Read just before it is written, lest this batch's progress hide that what is before it was
    // lost meanwhile.
    Map<Integer, Partition> before = progress.read();
    requireUnchanged(StreamProgress.nextOffsets(before));
    lease.require();
    guard.obey();
    progress.write(advance(before, end, results));
    stored = stored.max(StreamProgress.nextOffsets(before)).max(end);
    return IngestResult.all(results);
  }

  /** With less than a quorum a read may be behind without harm. */
  private void requireUnchanged(Offsets found) {
    if (readsItsWrites && stored.aheadOf(found) > 0) {
      // What the stream takes for stored would never be.
      throw new PlaylogException(
          ErrorCode.PROGRESS_MOVED_BACKWARDS,
          "stream_progress of the keyspace %s moved backwards while the stream ran (it was %s and is %s): Cassandra has lost its newest writes, or somebody emptied its tables. Nothing more is stored. Start the stream again: it says what to do."
              .formatted(keyspace, stored, found));
    }
    if (readsItsWrites && found.aheadOf(stored) > 0) {
      // What this batch has counted, that stream may have counted, too.
      throw new PlaylogException(
          ErrorCode.LEASE_LOST,
          "stream_progress of the keyspace %s moved on while the stream ran (it was %s and is %s): another stream has stored what came, while this one did not run or did not reach Cassandra. Start the stream again: it goes on from there."
              .formatted(keyspace, stored, found));
    }
  }

  /** The rows that change. A replay of what was stored long ago does not move the progress back. */
  private static List<Partition> advance(
      Map<Integer, Partition> before, Offsets end, List<IngestResult> results) {
    Map<Integer, Counts> first = new HashMap<>();
    results.forEach(result -> first.merge(result.partition(), result.first(), Counts::plus));
    List<Partition> after = new ArrayList<>();
    end.forEach(
        (partition, offset) -> {
          Partition last =
              before.getOrDefault(partition, new Partition(partition, -1, Counts.NONE));
          if (offset > last.nextOffset()) {
            Counts totals = last.totals().plus(first.getOrDefault(partition, Counts.NONE));
            after.add(new Partition(partition, offset, totals));
          }
        });
    return after;
  }
}
