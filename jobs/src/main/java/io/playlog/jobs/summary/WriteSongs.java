package io.playlog.jobs.summary;

import io.playlog.cassandra.CassandraSession;
import io.playlog.cassandra.InFlight;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.listen.Hour;
import io.playlog.store.SongsByHour;
import io.playlog.store.SongsByHour.Plays;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.api.java.function.VoidFunction;
import scala.Tuple2;

/** What one task of a report does that writes what everybody played. */
record WriteSongs(Cassandra cassandra, Hour hour, long timestamp)
    implements VoidFunction<Iterator<Tuple2<String, Plays>>> {
  private static final int WRITES_IN_FLIGHT = 4;

  @Override
  public void call(Iterator<Tuple2<String, Plays>> songs) throws InterruptedException {
    if (!songs.hasNext()) {
      return;
    }
    try (CassandraSession session = cassandra.open()) {
      InFlight inFlight = new InFlight(WRITES_IN_FLIGHT);
      new SongsByHour(session).write(hour, entries(songs), timestamp, inFlight);
      inFlight.await();
    }
  }

  private static Iterator<Map.Entry<String, Plays>> entries(Iterator<Tuple2<String, Plays>> songs) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return songs.hasNext();
      }

      @Override
      public Map.Entry<String, Plays> next() {
        Tuple2<String, Plays> song = songs.next();
        return Map.entry(song._1(), song._2());
      }
    };
  }
}
