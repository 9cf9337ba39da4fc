package io.playlog.store;

import io.playlog.catalogue.FoldedNames;
import io.playlog.catalogue.Song;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The catalogue's songs as the tasks need them, found by their names. */
public final class Songs implements Serializable {
  private final HashMap<String, SongColumns> byName = new HashMap<>();
  private final FoldedNames folded;

  /** How a listen's song was found. */
  public enum Match {
    /** Under the very name that the listen has. */
    EXACT,
    /** Under a name that differs in case, typography or white space only. */
    FOLDED,
    NONE;

    /**
     * @param exact what {@link Songs#exact} gave
     * @param found the same, or what {@link Songs#folded} gave
     */
    public static Match of(SongColumns exact, SongColumns found) {
      if (exact != null) {
        return EXACT;
      }
      return found == null ? NONE : FOLDED;
    }
  }

  /**
   * @param songs with distinct names
   */
  public Songs(List<Song> songs) {
    Map<ByteBuffer, byte[]> values = new HashMap<>();
    for (Song song : songs) {
      byName.put(song.name(), SongColumns.of(song, values));
    }
    folded = new FoldedNames(songs.stream().map(Song::name).toList());
  }

  /**
   * @param name in form NFC
   * @return null if no song has it
   */
  public SongColumns exact(String name) {
    return byName.get(name);
  }

  /**
   * To be asked after {@link #exact}: it costs more.
   *
   * @param name in form NFC
   * @return the first of the catalogue whose name is folded alike; null if there is none
   */
  public SongColumns folded(String name) {
    String found = folded.find(name);
    return found == null ? null : byName.get(found);
  }

  public Map<String, SongColumns> byName() {
    return Collections.unmodifiableMap(byName);
  }
}
