package io.playlog.jobs.stream;

import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.jobs.cassandra.CassandraSession;
import io.playlog.jobs.progress.Counts;
import io.playlog.jobs.progress.HoursTouched;
import io.playlog.jobs.progress.PartitionProgress;
import io.playlog.jobs.progress.StreamProgress;
import io.playlog.jobs.progress.TouchedHour;
import io.playlog.jobs.schema.EventHour;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
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
  private final String run = UUID.randomUUID().toString();
  private final ProgressWatch watch;

  BatchStore(PlaylogConfig config, Cassandra cassandra, String topicId, CurrentSongs songs) {
    this.config = config;
    this.cassandra = cassandra;
    this.topicId = topicId;
    this.songs = songs;
    this.watch = new ProgressWatch(config.cassandra().keyspace(), cassandra.readsItsWrites());
  }

  /**
   * @param messages as for {@link Message#of}
   * @param endOffsets the batch's end per Kafka partition, not included
   * @throws io.playlog.jobs.JobException if the progress went back since it was read last
   */
  Counts store(Dataset<Row> messages, Map<Integer, Long> endOffsets) throws InterruptedException {
    try (CassandraSession session = cassandra.open()) {
      StreamProgress progress = new StreamProgress(session, config.kafka().topic(), topicId);
      Map<Integer, PartitionProgress> before = progress.read();
      HashMap<Integer, Long> storedBefore = PartitionProgress.nextOffsets(before);
      watch.advanceTo(storedBefore);

      List<TaskResult> results =
          Message.of(messages)
              .mapPartitions(
                  new StoreTask(
                      config.kafka(),
                      config.stream(),
                      config.report().lookback(),
                      cassandra,
                      songs.get(),
                      storedBefore,
                      run))
              .collect();

      new HoursTouched(session).write(topicId, touchedHours(results));
      logLate(results);
      Map<Integer, PartitionProgress> after = advance(before, endOffsets, results);
      // Again, lest this batch's progress hide that what is before it was lost meanwhile.
      watch.advanceTo(PartitionProgress.nextOffsets(progress.read()));
      progress.write(after.values());
      watch.advanceTo(PartitionProgress.nextOffsets(after));
      return results.stream().map(TaskResult::all).reduce(Counts.NONE, Counts::plus);
    }
  }

  private static Stream<TouchedHour> touchedHours(List<TaskResult> results) {
    return results.stream()
        .flatMap(
            result ->
                result.hoursTouched().entrySet().stream()
                    .map(
                        last ->
                            new TouchedHour(last.getKey(), result.partition(), last.getValue())));
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
  private static Map<Integer, PartitionProgress> advance(
      Map<Integer, PartitionProgress> before,
      Map<Integer, Long> endOffsets,
      List<TaskResult> results) {
    Map<Integer, Counts> first = new HashMap<>();
    results.forEach(result -> first.merge(result.partition(), result.first(), Counts::plus));
    Map<Integer, PartitionProgress> after = new HashMap<>();
    endOffsets.forEach(
        (partition, end) -> {
          PartitionProgress last =
              before.getOrDefault(partition, new PartitionProgress(partition, 0, Counts.NONE));
          after.put(
              partition,
              new PartitionProgress(
                  partition,
                  Math.max(last.nextOffset(), end),
                  last.totals().plus(first.getOrDefault(partition, Counts.NONE))));
        });
    return after;
  }
}
