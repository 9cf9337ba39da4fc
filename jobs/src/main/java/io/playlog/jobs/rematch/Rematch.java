package io.playlog.jobs.rematch;

import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.jobs.schema.EventHour;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Matches stored listens anew, hour by hour. */
final class Rematch {
  private static final Logger LOG = LoggerFactory.getLogger(Rematch.class);
  private static final List<Integer> SHARDS = IntStream.range(0, EventHour.SHARDS).boxed().toList();

  private final PlaylogConfig config;
  private final JavaSparkContext spark;
  private final Cassandra cassandra;
  private final Broadcast<HashMap<String, byte[][]>> songs;

  /**
   * @param songs in the form of {@link io.playlog.jobs.stream.SongColumns}
   */
  Rematch(
      PlaylogConfig config,
      JavaSparkContext spark,
      Cassandra cassandra,
      HashMap<String, byte[][]> songs) {
    this.config = config;
    this.spark = spark;
    this.cassandra = cassandra;
    this.songs = spark.broadcast(songs);
  }

  /**
   * @param to not included
   * @param madeDue called with each hour whose records were changed, after that
   */
  Matches run(HourMarks marks, Instant from, Instant to, Consumer<Instant> madeDue) {
    return TimeSlice.of(from, to)
        .filter(slice -> marks.isKnown(slice.hour()))
        .map(slice -> run(marks, slice, madeDue))
        .reduce(Matches.NONE, Matches::plus);
  }

  private Matches run(HourMarks marks, TimeSlice slice, Consumer<Instant> madeDue) {
    Matches found =
        spark
            .parallelize(SHARDS, SHARDS.size())
            .map(
                new RematchShard(
                    config.stream(), config.report().readsInFlight(), cassandra, songs, slice))
            .fold(Matches.NONE, Matches::plus);
    // An attempt of a task that failed, or a rematch that was killed, has changed rows that are not
    // among those found.
    if (found.matched() > 0 || marks.isOpen(slice.hour())) {
      marks.end(slice.hour());
      madeDue.accept(slice.hour());
      LOG.info(
          "Hour {}: matched {} of {} unmatched listens",
          slice.hour(),
          found.matched(),
          found.unmatched());
    }
    return found;
  }
}
