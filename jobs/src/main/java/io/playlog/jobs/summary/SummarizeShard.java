package io.playlog.jobs.summary;

import io.playlog.cassandra.CassandraSession;
import io.playlog.cassandra.ReplicaGroups;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.jobs.summary.HourSums.Totals;
import io.playlog.store.HourReader;
import io.playlog.store.SongsByHour.Plays;
import io.playlog.store.Summaries;
import java.io.Serializable;
import java.util.Map;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.LongAccumulator;

/**
 * What one task does of a report of one hour: it sums up who listened in a shard of the hour.
 *
 * @param done counts the shards
 */
record SummarizeShard(
    Cassandra cassandra,
    PlannedHour planned,
    boolean mayHaveExpired,
    int readsInFlight,
    LongAccumulator done)
    implements Function<Integer, SummarizeShard.Summed> {

  /**
   * What a task has summed up.
   *
   * @param songs of all its listeners, by name
   */
  record Summed(Totals totals, Map<String, Plays> songs) implements Serializable {}

  @Override
  public Summed call(Integer shard) throws InterruptedException {
    try (CassandraSession session = cassandra.open()) {
      HourSums sums = new HourSums(new Summaries(session), planned, mayHaveExpired);
      HourReader reader = new HourReader(session, readsInFlight);
      sums.read(
          reader.listeners(planned.hour(), shard), new ReplicaGroups(session::replicas), reader);
      reader.await();
      done.add(1);
      return new Summed(sums.totals(), sums.songs());
    }
  }
}
