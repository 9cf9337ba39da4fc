package io.playlog.jobs.rematch;

import com.datastax.oss.driver.api.core.cql.Row;
import io.playlog.jobs.stream.ListenBuffer;
import io.playlog.listen.Listen;
import java.util.Set;

/**
 * Finds the listens without features, and keeps those whose song is known until they are taken;
 * rows come on several threads.
 */
final class UnmatchedListens {
  /** What {@link #add} needs of {@code records}. */
  static final String COLUMNS = "event_time, song_name, duration_ms";

  private final Set<String> knownSongs;
  private ListenBuffer known = new ListenBuffer();
  private int size;
  private Matches matches = Matches.NONE;

  UnmatchedListens(Set<String> knownSongs) {
    this.knownSongs = knownSongs;
  }

  synchronized void add(String name, Row row) {
    // The catalogue refuses a song without its numbers, so this one tells whether all are there.
    if (!row.isNull("duration_ms")) {
      return;
    }
    String song = row.getString("song_name");
    boolean match = knownSongs.contains(song);
    matches = matches.plus(new Matches(1, match ? 1 : 0));
    if (match) {
      known.add(new Listen(name, song, row.getInstant("event_time").toEpochMilli()));
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
