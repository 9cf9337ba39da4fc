package io.playlog.jobs.rematch;

import io.playlog.config.StreamSettings;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.jobs.cassandra.CassandraSession;
import io.playlog.jobs.history.HourReader;
import io.playlog.jobs.progress.HoursTouched;
import io.playlog.jobs.stream.NotedListeners;
import io.playlog.jobs.stream.RecordWriter;
import java.util.HashMap;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * What one task of a rematch does: it reads the slices of those who listened in its shard of the
 * hour, and writes the unmatched listens whose song is known now, as the stream would.
 *
 * <p>The stream may write the same row meanwhile. That does no harm: both write the row of the same
 * key, the features of the same song, and neither writes a null, so whichever is last, the features
 * are there.
 */
final class RematchShard implements Function<Integer, Matches> {
  /** Listens that are kept until they are written: bounds memory. */
  private static final int LISTENS_PER_WRITE = 20_000;

  private final StreamSettings settings;
  private final int readsInFlight;
  private final Cassandra cassandra;
  private final Broadcast<HashMap<String, byte[][]>> songs;
  private final TimeSlice slice;

  RematchShard(
      StreamSettings settings,
      int readsInFlight,
      Cassandra cassandra,
      Broadcast<HashMap<String, byte[][]>> songs,
      TimeSlice slice) {
    this.settings = settings;
    this.readsInFlight = readsInFlight;
    this.cassandra = cassandra;
    this.songs = songs;
    this.slice = slice;
  }

  @Override
  public Matches call(Integer shard) throws InterruptedException {
    try (CassandraSession session = cassandra.open()) {
      NotedListeners noted = new NotedListeners();
      UnmatchedListens listens = new UnmatchedListens(songs.value());
      HourReader reader = new HourReader(session, UnmatchedListens.COLUMNS, readsInFlight);
      for (String name : reader.listeners(slice.hour(), shard)) {
        reader.read(
            name,
            slice.from(),
            slice.to(),
            row -> listens.add(name, row),
            () -> CompletableFuture.completedFuture(null));
        if (listens.size() >= LISTENS_PER_WRITE) {
          write(session, listens, noted);
        }
      }
      reader.await();
      write(session, listens, noted);
      return listens.matches();
    }
  }

  private void write(CassandraSession session, UnmatchedListens listens, NotedListeners noted)
      throws InterruptedException {
    if (listens.size() > 0) {
      new HourMarks(new HoursTouched(session)).begin(slice.hour());
      new RecordWriter(session, noted, settings.rowsPerWrite(), settings.rowsInFlight())
          .write(listens.take());
    }
  }
}
