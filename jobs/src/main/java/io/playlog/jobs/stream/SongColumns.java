package io.playlog.jobs.stream;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import com.datastax.oss.protocol.internal.util.Bytes;
import io.playlog.catalogue.Catalogue;
import io.playlog.catalogue.Song;
import java.nio.ByteBuffer;
import java.util.HashMap;

/**
 * The columns of {@code records} that come from the catalogue, encoded once per song: binding them
 * anew for each listen was the largest part of the stream's own work.
 */
public final class SongColumns {
  static final String NAMES =
      "artists, duration_ms, album_name, album_release_date, danceability, energy, key, loudness,"
          + " mode, speechiness, acousticness, instrumentalness, liveness, valence, tempo";

  private SongColumns() {}

  /**
   * By the song's name; the values in the order of {@link #NAMES}, null where the song has none.
   */
  public static HashMap<String, byte[][]> of(Catalogue catalogue) {
    HashMap<String, byte[][]> columns = new HashMap<>();
    catalogue.songs().forEach(song -> columns.put(song.name(), encode(song)));
    return columns;
  }

  private static byte[][] encode(Song song) {
    return new byte[][] {
      encode(TypeCodecs.TEXT, song.artists()),
      encode(TypeCodecs.INT, song.durationMs()),
      encode(TypeCodecs.TEXT, song.albumName()),
      encode(TypeCodecs.DATE, song.albumReleaseDate()),
      encode(TypeCodecs.FLOAT, song.danceability()),
      encode(TypeCodecs.FLOAT, song.energy()),
      encode(TypeCodecs.TEXT, song.key()),
      encode(TypeCodecs.FLOAT, song.loudness()),
      encode(TypeCodecs.TEXT, song.mode()),
      encode(TypeCodecs.FLOAT, song.speechiness()),
      encode(TypeCodecs.FLOAT, song.acousticness()),
      encode(TypeCodecs.FLOAT, song.instrumentalness()),
      encode(TypeCodecs.FLOAT, song.liveness()),
      encode(TypeCodecs.FLOAT, song.valence()),
      encode(TypeCodecs.FLOAT, song.tempo())
    };
  }

  private static <T> byte[] encode(TypeCodec<T> codec, T value) {
    ByteBuffer encoded = codec.encode(value, ProtocolVersion.DEFAULT);
    // Not its array(), which may be longer than what is in it.
    return encoded == null ? null : Bytes.getArray(encoded);
  }
}
