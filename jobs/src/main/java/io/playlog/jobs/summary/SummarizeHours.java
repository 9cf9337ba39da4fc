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
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.LongAccumulator;

/**
 * What one task does of a report of many hours: it goes through hours of its own, some at a time.
 *
 * @param done counts the shards of the hours that were summed up
 */
record SummarizeHours(Cassandra cassandra, int readsInFlight, LongAccumulator done)
    implements FlatMapFunction<Iterator<NarrowHour>, SummarizeHours.Summed> {
  private static final int HOURS_AT_A_TIME = 128;

  /**
   * Of the hours at a time; if they have more, no further hour is begun before these are written.
   * Beyond them there is in memory what the reads that are under way bring.
   */
  private static final int SONGS_AT_A_TIME = 20_000;

  /** An hour that was summed up; what everybody played is written, too. */
  record Summed(Hour hour, Totals totals) implements Serializable {}

  @Override
  public Iterator<Summed> call(Iterator<NarrowHour> hours) throws InterruptedException {
    if (!hours.hasNext()) {
      return Collections.emptyIterator();
    }
    List<Summed> summed = new ArrayList<>();
    try (CassandraSession session = cassandra.open()) {
      Summaries summaries = new Summaries(session);
      SongsByHour songsByHour = new SongsByHour(session);
      HourReader reader = new HourReader(session, readsInFlight);
      while (hours.hasNext()) {
        List<HourSums> some = new ArrayList<>();
        while (hours.hasNext() && !isFull(some.stream().map(HourSums::songs).toList())) {
          NarrowHour hour = hours.next();
          HourSums sums = new HourSums(summaries, hour.planned(), false);
          sums.read(hour.listeners(), new ReplicaGroups(session::replicas), reader);
          some.add(sums);
        }
        reader.await();
        writeSongs(some, songsByHour);
        for (HourSums sums : some) {
          summed.add(new Summed(sums.planned().hour(), sums.totals()));
          done.add(ListenersByHour.SHARDS.size());
        }
      }
    }
    return summed.iterator();
  }

  /**
   * Whether these hours are to be written before another is begun, so that it is not the listens
   * which say how much memory a task needs.
   *
   * @param songs of each hour, as far as they are read
   */
  static boolean isFull(List<? extends Map<String, ?>> songs) {
    return songs.size() >= HOURS_AT_A_TIME
        || songs.stream().mapToLong(Map::size).sum() >= SONGS_AT_A_TIME;
  }

  private void writeSongs(List<HourSums> hours, SongsByHour songsByHour)
      throws InterruptedException {
    InFlight writes = new InFlight(readsInFlight);
    for (HourSums sums : hours) {
      PlannedHour planned = sums.planned();
      if (planned.publishedBefore()) {
        writes.start(1, () -> songsByHour.delete(planned.hour(), planned.timestamp() - 1));
      }
      songsByHour.write(
          planned.hour(), sums.songs().entrySet().iterator(), planned.timestamp(), writes);
    }
    writes.await();
  }
}
