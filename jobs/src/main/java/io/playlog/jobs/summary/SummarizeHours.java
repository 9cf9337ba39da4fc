package io.playlog.jobs.summary;

import io.playlog.cassandra.CassandraSession;
import io.playlog.cassandra.InFlight;
import io.playlog.cassandra.ReplicaGroups;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.jobs.summary.HourSums.Totals;
import io.playlog.listen.Hour;
import io.playlog.store.HourReader;
import io.playlog.store.ListenersByHour;
import io.playlog.store.SongsByHour;
import io.playlog.store.Summaries;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.LongAccumulator;

/**
 * What one task does of a report of many hours: it goes through hours of its own, some at a time,
 * and leaves out those in which many listened, which are better shared by all tasks.
 *
 * @param done counts the shards of the hours that were summed up
 */
record SummarizeHours(Cassandra cassandra, int readsInFlight, LongAccumulator done)
    implements FlatMapFunction<Iterator<PlannedHour>, SummarizeHours.Summed> {
  private static final int HOURS_AT_A_TIME = 128;

  /** Of an hour; their names are in memory, of as many hours as are summed up at a time. */
  private static final int MOST_LISTENERS = 256;

  /** An hour that was summed up; what everybody played is written, too. */
  record Summed(Hour hour, Totals totals) implements Serializable {}

  @Override
  public Iterator<Summed> call(Iterator<PlannedHour> hours) throws InterruptedException {
    if (!hours.hasNext()) {
      return Collections.emptyIterator();
    }
    List<Summed> summed = new ArrayList<>();
    try (CassandraSession session = cassandra.open()) {
      Tables tables =
          new Tables(
              session,
              new ListenersByHour(session),
              new Summaries(session),
              new SongsByHour(session));
      HourReader reader = new HourReader(session, readsInFlight);
      while (hours.hasNext()) {
        List<PlannedHour> some = new ArrayList<>();
        while (hours.hasNext() && some.size() < HOURS_AT_A_TIME) {
          some.add(hours.next());
        }
        for (HourSums sums : sumUp(some, tables, reader)) {
          summed.add(new Summed(sums.planned().hour(), sums.totals()));
          done.add(ListenersByHour.SHARDS.size());
        }
      }
    }
    return summed.iterator();
  }

  private record Tables(
      CassandraSession session,
      ListenersByHour listenersByHour,
      Summaries summaries,
      SongsByHour songsByHour) {}

  private List<HourSums> sumUp(List<PlannedHour> hours, Tables tables, HourReader reader)
      throws InterruptedException {
    Map<PlannedHour, List<String>> listeners = listeners(hours, tables);
    List<HourSums> all = new ArrayList<>();
    for (PlannedHour hour : hours) {
      List<String> names = listeners.get(hour);
      if (names.size() <= MOST_LISTENERS) {
        HourSums sums = new HourSums(tables.summaries(), hour, false);
        sums.read(names, new ReplicaGroups(tables.session()::replicas), reader);
        all.add(sums);
      }
    }
    reader.await();
    InFlight writes = new InFlight(readsInFlight);
    for (HourSums sums : all) {
      PlannedHour planned = sums.planned();
      if (planned.publishedBefore()) {
        writes.start(1, () -> tables.songsByHour().delete(planned.hour(), planned.timestamp() - 1));
      }
      tables
          .songsByHour()
          .write(planned.hour(), sums.songs().entrySet().iterator(), planned.timestamp(), writes);
    }
    writes.await();
    return all;
  }

  private Map<PlannedHour, List<String>> listeners(List<PlannedHour> hours, Tables tables)
      throws InterruptedException {
    Map<PlannedHour, List<String>> listeners = new ConcurrentHashMap<>();
    InFlight reads = new InFlight(readsInFlight);
    for (PlannedHour hour : hours) {
      reads.start(
          1,
          () ->
              tables
                  .listenersByHour()
                  .first(hour.hour(), MOST_LISTENERS + 1)
                  .thenAccept(names -> listeners.put(hour, names)));
    }
    reads.await();
    return listeners;
  }
}
