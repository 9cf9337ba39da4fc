package io.playlog.store;

import io.playlog.catalogue.Song;
import io.playlog.catalogue.SongColumn;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/** Songs for tests. */
public final class SomeSongs {
  private SomeSongs() {}

  /** One whose tests do not care what it is like. */
  public static SongColumns columns() {
    return named("song").exact("song", null);
  }

  /** Songs whose tests do not care what they are like. */
  public static Songs named(String... names) {
    Map<SongColumn, Object> values = song(Map.of()).values();
    return new Songs(Stream.of(names).map(name -> new Song(name, values)).toList());
  }

  /** With all that a catalogue has to say, and more. */
  static Song song(Map<SongColumn, Object> more) {
    Map<SongColumn, Object> values = new EnumMap<>(SongColumn.class);
    for (SongColumn column : SongColumn.values()) {
      switch (column.type()) {
        case TEXT, REQUIRED_TEXT -> values.put(column, "1");
        case MILLISECONDS -> values.put(column, 1);
        case NUMBER -> values.put(column, 0f);
        case OPTIONAL_TEXT, OPTIONAL_DATE -> {}
      }
    }
    values.putAll(more);
    return new Song("song", values);
  }
}
