package io.playlog.catalogue;

import java.util.Locale;
import java.util.function.Function;

/**
 * What the catalogue says of a song besides its name: columns of the file and of {@code records}.
 */
public enum SongColumn {
  ARTISTS(Type.TEXT, Song::artists),
  DURATION_MS(Type.INT, Song::durationMs),
  ALBUM_NAME(Type.TEXT, Song::albumName),
  ALBUM_RELEASE_DATE(Type.DATE, Song::albumReleaseDate),
  DANCEABILITY(Type.FLOAT, Song::danceability),
  ENERGY(Type.FLOAT, Song::energy),
  KEY(Type.TEXT, Song::key),
  LOUDNESS(Type.FLOAT, Song::loudness),
  MODE(Type.TEXT, Song::mode),
  SPEECHINESS(Type.FLOAT, Song::speechiness),
  ACOUSTICNESS(Type.FLOAT, Song::acousticness),
  INSTRUMENTALNESS(Type.FLOAT, Song::instrumentalness),
  LIVENESS(Type.FLOAT, Song::liveness),
  VALENCE(Type.FLOAT, Song::valence),
  TEMPO(Type.FLOAT, Song::tempo);

  /** Of a column's values. */
  public enum Type {
    TEXT,
    INT,
    FLOAT,
    DATE
  }

  private final Type type;
  private final Function<Song, Object> value;

  SongColumn(Type type, Function<Song, Object> value) {
    this.type = type;
    this.value = value;
  }

  /** Such as {@code duration_ms}. */
  public String columnName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Type type() {
    return type;
  }

  /** Null where the catalogue does not say. */
  public Object of(Song song) {
    return value.apply(song);
  }
}
