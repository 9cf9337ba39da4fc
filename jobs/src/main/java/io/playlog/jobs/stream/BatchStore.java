package io.playlog.jobs.stream;

import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.jobs.cassandra.CassandraSession;
import io.playlog.jobs.progress.Counts;
import io.playlog.jobs.progress.HoursTouched;
import io.playlog.jobs.progress.PartitionProgress;
import io.playlog.jobs.progress.StreamProgress;
import io.playlog.jobs.schema.EventHour;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores a micro-batch: records and dead letters, then the hours touched, then the progress. What
 * comes later says that the earlier is stored, so a crash in between makes a replay, never a gap.
 */
final class BatchStore {
  private static final Logger LOG = LoggerFactory.getLogger(BatchStore.class);

  private final PlaylogConfig config;
  private final Cassandra cassandra;
  private final String topicId;
  private final CurrentSongs songs;

  BatchStore(PlaylogConfig config, Cassandra cassandra, String topicId, CurrentSongs songs) {
    this.config = config;
    this.cassandra = cassandra;
    this.topicId = topicId;
    this.songs = songs;
  }

  /**
   * @param messages with the columns of {@link Message#COLUMNS}
   * @param endOffsets the batch's end per Kafka partition, not included
   */
  Counts store(Dataset<Row> messages, Map<Integer, Long> endOffsets) {
    try (CassandraSession session = cassandra.open()) {
      StreamProgress progress = new StreamProgress(session, config.kafka().topic(), topicId);
      Map<Integer, PartitionProgress> before = progress.read();

      List<TaskResult> results =
          messages
              .javaRDD()
              .mapPartitions(
                  new StoreTask(
                      config.kafka(),
                      config.stream(),
                      config.report().lookback(),
                      cassandra,
                      songs.get(),
                      PartitionProgress.nextOffsets(before)))
              .collect();

      results.forEach(result -> writeHoursTouched(new HoursTouched(session), result));
      Map<Integer, Counts> first = new HashMap<>();
      results.forEach(result -> first.merge(result.partition(), result.first(), Counts::plus));
      logLate(results);
      endOffsets.forEach(
          (partition, end) ->
              progress.write(
                  advance(
                      before.getOrDefault(
                          partition, new PartitionProgress(partition, 0, Counts.NONE)),
                      end,
                      first.getOrDefault(partition, Counts.NONE))));
      return results.stream().map(TaskResult::all).reduce(Counts.NONE, Counts::plus);
    }
  }

  private void writeHoursTouched(HoursTouched hoursTouched, TaskResult result) {
    result
        .hoursTouched()
        .forEach((hour, last) -> hoursTouched.write(hour, topicId, result.partition(), last));
  }

  /** {@code hourly-summary --due} does not find these hours, so a person has to know them. */
  private void logLate(List<TaskResult> results) {
    long late = results.stream().mapToLong(result -> result.first().late()).sum();
    if (late > 0) {
      long now = System.currentTimeMillis();
      SortedSet<Instant> hours = new TreeSet<>();
      results.forEach(result -> hours.addAll(result.hoursTouched().keySet()));
      hours.removeIf(
          hour -> !EventHour.isOlder(hour.toEpochMilli(), config.report().lookback(), now));
      LOG.warn(
          "{} listens are older than report.lookback: sum their hours up by hand (run-hourly-report.sh --hour): {}",
          late,
          hours);
    }
  }

  /** A replay of what was stored long ago does not set the progress back. */
  private static PartitionProgress advance(PartitionProgress before, long end, Counts first) {
    return new PartitionProgress(
        before.partition(), Math.max(before.nextOffset(), end), before.totals().plus(first));
  }
}
