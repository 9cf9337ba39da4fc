package io.playlog.store;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import com.datastax.oss.protocol.internal.util.Bytes;
import io.playlog.catalogue.Song;
import io.playlog.catalogue.SongColumn;
import io.playlog.names.FoldedName;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * A song's columns of {@code records}, encoded once per song: binding them anew for each listen was
 * the largest part of the stream's own work.
 */
public final class SongColumns implements Serializable {
  private final byte[][] values;
  private final String artists;
  private final String foldedArtists;

  private SongColumns(byte[][] values, String artists, String foldedArtists) {
    this.values = values;
    this.artists = artists;
    this.foldedArtists = foldedArtists;
  }

  /**
   * @param shared values of songs before, which songs with equal ones share; this one's are added
   * @param folded the same of artists, and their folded form
   */
  static SongColumns of(Song song, Map<ByteBuffer, byte[]> shared, Map<String, String> folded) {
    SongColumn[] columns = SongColumn.values();
    byte[][] values = new byte[columns.length][];
    for (int i = 0; i < columns.length; i++) {
      byte[] value = encode(columns[i], song);
      values[i] =
          value == null ? null : shared.computeIfAbsent(ByteBuffer.wrap(value), same -> value);
    }
    String artists = (String) song.values().getOrDefault(SongColumn.ARTISTS, "");
    return new SongColumns(values, artists, folded.computeIfAbsent(artists, FoldedName::of));
  }

  /** As the catalogue has them; empty if it does not say. */
  public String artists() {
    return artists;
  }

  /** In the form in which names are compared that are not the same. */
  String foldedArtists() {
    return foldedArtists;
  }

  boolean has(SongColumn column) {
    return values[column.ordinal()] != null;
  }

  /** A column without a value stays unset, since a null would be a tombstone. */
  BoundStatementBuilder bind(BoundStatementBuilder row, int firstColumn) {
    BoundStatementBuilder bound = row;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        bound = bound.setBytesUnsafe(firstColumn + i, ByteBuffer.wrap(values[i]));
      }
    }
    return bound;
  }

  /** Null where the song has no value. */
  static byte[] encode(SongColumn column, Song song) {
    ByteBuffer encoded = codec(column.type()).encode(song.get(column), ProtocolVersion.DEFAULT);
    // Not its array(), which may be longer than what is in it.
    return encoded == null ? null : Bytes.getArray(encoded);
  }

  /** Of the Java types that {@link SongColumn.Type} stands for. */
  @SuppressWarnings("unchecked")
  private static TypeCodec<Object> codec(SongColumn.Type type) {
    TypeCodec<?> codec =
        switch (type) {
          case TEXT, REQUIRED_TEXT, OPTIONAL_TEXT -> TypeCodecs.TEXT;
          case MILLISECONDS -> TypeCodecs.INT;
          case NUMBER -> TypeCodecs.FLOAT;
          case OPTIONAL_DATE -> TypeCodecs.DATE;
        };
    return (TypeCodec<Object>) codec;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SongColumns song && Arrays.deepEquals(values, song.values);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(values);
  }
}
