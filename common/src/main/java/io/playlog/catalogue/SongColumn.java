package io.playlog.catalogue;

import java.util.Locale;

/**
 * What the catalogue says of a song besides its name: columns of the file, and of the table {@code
 * records}. A new one needs a constant here, and a file of {@code schema/} that adds it to the
 * table.
 */
public enum SongColumn {
  /**
   * One or more, joined by ", "; kept as one text, since an artist's name may hold a comma. May be
   * empty.
   */
  ARTISTS(Type.TEXT),
  DURATION_MS(Type.MILLISECONDS),
  ALBUM_NAME(Type.OPTIONAL_TEXT),
  ALBUM_RELEASE_DATE(Type.OPTIONAL_DATE),
  DANCEABILITY(Type.NUMBER),
  ENERGY(Type.NUMBER),
  /** Pitch class, 0 to 11. */
  KEY(Type.REQUIRED_TEXT),
  /** Decibels. */
  LOUDNESS(Type.NUMBER),
  /** 1 major, 0 minor. */
  MODE(Type.REQUIRED_TEXT),
  SPEECHINESS(Type.NUMBER),
  ACOUSTICNESS(Type.NUMBER),
  INSTRUMENTALNESS(Type.NUMBER),
  LIVENESS(Type.NUMBER),
  VALENCE(Type.NUMBER),
  /** Beats per minute. */
  TEMPO(Type.NUMBER);

  /** How a column's values are written, and the Java type that they have. */
  public enum Type {
    /** A String, as it stands. */
    TEXT,
    /** A String that is not blank. */
    REQUIRED_TEXT,
    /** A String; null where the file has nothing. */
    OPTIONAL_TEXT,
    /** An Integer that is not negative. */
    MILLISECONDS,
    /** A Float. */
    NUMBER,
    /** A LocalDate; null where the file has nothing. */
    OPTIONAL_DATE;

    /** Whether a file may lack the column. */
    boolean isOptional() {
      return this == OPTIONAL_TEXT || this == OPTIONAL_DATE;
    }
  }

  private final Type type;

  SongColumn(Type type) {
    this.type = type;
  }

  /** Such as {@code duration_ms}. */
  public String columnName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Type type() {
    return type;
  }
}
