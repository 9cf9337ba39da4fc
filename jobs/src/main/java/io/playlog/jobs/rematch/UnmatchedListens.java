package io.playlog.jobs.rematch;

import com.datastax.oss.driver.api.core.cql.Row;
import io.playlog.jobs.stream.ListenBuffer;
import io.playlog.listen.Listen;
import java.util.Map;

/**
 * Finds the listens without features, and keeps those whose song is known until they are taken;
 * rows come on several threads.
 */
final class UnmatchedListens {
  /** What {@link #add} needs of {@code records}. */
  static final String COLUMNS = "event_time, song_name, duration_ms";

  private final Map<String, byte[][]> songs;
  private ListenBuffer known = new ListenBuffer();
  private int size;
  private Matches matches = Matches.NONE;

  /**
   * @param songs encoded columns by song name, see {@link io.playlog.jobs.stream.SongColumns}
   */
  UnmatchedListens(Map<String, byte[][]> songs) {
    this.songs = songs;
  }

  synchronized void add(String listener, Row row) {
    // The catalogue refuses a song without its numbers, so this one tells whether all are there.
    if (!row.isNull("duration_ms")) {
      return;
    }
    String name = row.getString("song_name");
    byte[][] song = songs.get(name);
    matches = matches.plus(new Matches(1, song == null ? 0 : 1));
    if (song != null) {
      known.add(new Listen(listener, name, row.getInstant("event_time").toEpochMilli()), song);
      size++;
    }
  }

  /** How many listens {@link #take} would give. */
  synchronized int size() {
    return size;
  }

  /** Those whose song is known and that were not taken before. */
  synchronized ListenBuffer take() {
    ListenBuffer taken = known;
    known = new ListenBuffer();
    size = 0;
    return taken;
  }

  /** Of all rows so far. */
  synchronized Matches matches() {
    return matches;
  }
}
