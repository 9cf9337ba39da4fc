package io.playlog.jobs.rematch;

import io.playlog.cassandra.CassandraSession;
import io.playlog.config.StreamSettings;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.jobs.rematch.Rematch.Matches;
import io.playlog.listen.Hour;
import io.playlog.listen.Listen;
import io.playlog.store.HourMarks;
import io.playlog.store.HourReader;
import io.playlog.store.ListenBuffer;
import io.playlog.store.ListenWriter;
import io.playlog.store.NotedListeners;
import io.playlog.store.SongColumns;
import io.playlog.store.Songs;
import io.playlog.store.Songs.Match;
import java.time.Instant;
import java.util.UUID;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;

/**
 * What one task of a rematch does: it reads the slices of those who listened in its shard of the
 * hour, and writes the unmatched listens whose song is known now, as the stream would.
 *
 * <p>The stream may write the same row meanwhile. That does no harm: both write the row of the same
 * key, the features of the same song, and neither writes a null, so whichever is last, the features
 * are there. Of a stream that does not know the song yet, artist and album may be the message's.
 *
 * @param mark of this run of the command
 * @param from event time of the first listens
 * @param to not included
 * @param done counts the shards
 */
record RematchShard(
    StreamSettings settings,
    int readsInFlight,
    Cassandra cassandra,
    Broadcast<Songs> songs,
    UUID mark,
    Hour hour,
    Instant from,
    Instant to,
    LongAccumulator done)
    implements Function<Integer, Matches> {
  /** Listens that are kept until they are written: bounds memory. */
  private static final int LISTENS_PER_WRITE = 20_000;

  @Override
  public Matches call(Integer shard) throws InterruptedException {
    try (CassandraSession session = cassandra.open()) {
      ListenWriter writer = new ListenWriter(session, new NotedListeners(), settings);
      HourMarks marks = new HourMarks(session, Rematch.COMMAND, mark);
      Unmatched listens = new Unmatched(songs.value());
      HourReader reader = new HourReader(session, readsInFlight);
      for (String name : reader.listeners(hour, shard)) {
        reader.readUnmatched(name, from, to, listens::add);
        if (listens.size() >= LISTENS_PER_WRITE) {
          write(listens, writer, marks);
        }
      }
      reader.await();
      write(listens, writer, marks);
      done.add(1);
      return listens.matches();
    }
  }

  private void write(Unmatched listens, ListenWriter writer, HourMarks marks)
      throws InterruptedException {
    if (listens.size() > 0) {
      marks.begin(hour);
      writer.write(listens.take());
    }
  }

  /** Keeps those whose song is known until they are taken; rows come on several threads. */
  private static final class Unmatched {
    private final Songs songs;
    private ListenBuffer known = new ListenBuffer();
    private Matches matches = Matches.NONE;

    private Unmatched(Songs songs) {
      this.songs = songs;
    }

    private synchronized void add(Listen listen) {
      String artist = listen.details().artist();
      SongColumns exact = songs.exact(listen.song(), artist);
      SongColumns song = exact == null ? songs.folded(listen.song(), artist) : exact;
      matches = matches.plus(Matches.of(Match.of(exact, song)));
      if (song != null) {
        known.add(listen, song);
      }
    }

    /** How many listens {@link #take} would give. */
    private synchronized int size() {
      return known.size();
    }

    /** Those whose song is known and that were not taken before. */
    private synchronized ListenBuffer take() {
      ListenBuffer taken = known;
      known = new ListenBuffer();
      return taken;
    }

    /** Counts all rows, taken or not. */
    private synchronized Matches matches() {
      return matches;
    }
  }
}
