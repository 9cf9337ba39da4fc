package io.playlog.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import io.playlog.catalogue.Song;
import io.playlog.catalogue.SongColumn;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SongColumnsTest {
  private static final Song SONG =
      SomeSongs.song(
          Map.of(
              SongColumn.ARTISTS,
              "Zoë, Ünal",
              SongColumn.DURATION_MS,
              214_994,
              SongColumn.ALBUM_NAME,
              "Album",
              SongColumn.ALBUM_RELEASE_DATE,
              LocalDate.of(2024, 1, 12),
              SongColumn.DANCEABILITY,
              0.1f,
              SongColumn.KEY,
              "11",
              SongColumn.TEMPO,
              119.008f));

  private static <T> T decode(TypeCodec<T> codec, SongColumn column) {
    ByteBuffer encoded = ByteBuffer.wrap(SongColumns.encode(column, SONG));
    return codec.decode(encoded, ProtocolVersion.DEFAULT);
  }

  private static SongColumns columns(Song song) {
    return SongColumns.of(song, new HashMap<>(), new HashMap<>());
  }

  @Test
  void encodesExactlyTheValues() {
    assertThat(decode(TypeCodecs.TEXT, SongColumn.ARTISTS)).isEqualTo("Zoë, Ünal");
    assertThat(decode(TypeCodecs.INT, SongColumn.DURATION_MS)).isEqualTo(214_994);
    assertThat(decode(TypeCodecs.TEXT, SongColumn.ALBUM_NAME)).isEqualTo("Album");
    assertThat(decode(TypeCodecs.DATE, SongColumn.ALBUM_RELEASE_DATE))
        .isEqualTo(LocalDate.of(2024, 1, 12));
    assertThat(decode(TypeCodecs.FLOAT, SongColumn.DANCEABILITY)).isEqualTo(0.1f);
    assertThat(decode(TypeCodecs.TEXT, SongColumn.KEY)).isEqualTo("11");
    assertThat(decode(TypeCodecs.FLOAT, SongColumn.TEMPO)).isEqualTo(119.008f);
  }

  @Test
  void whatTheCatalogueLacksHasNoValue() {
    Song song = SomeSongs.song(Map.of());
    assertThat(SongColumns.encode(SongColumn.ALBUM_NAME, song)).isNull();
    assertThat(SongColumns.encode(SongColumn.ALBUM_RELEASE_DATE, song)).isNull();
    assertThat(SongColumns.encode(SongColumn.DANCEABILITY, song)).isNotNull();
    assertThat(columns(song).has(SongColumn.ALBUM_NAME)).isFalse();
    assertThat(columns(song).has(SongColumn.DANCEABILITY)).isTrue();
  }

  @Test
  void equalSongsHaveEqualColumns() {
    Song song = SomeSongs.song(Map.of());
    Song louder = SomeSongs.song(Map.of(SongColumn.LOUDNESS, 1f));
    assertThat(columns(song)).isEqualTo(columns(song)).hasSameHashCodeAs(columns(song));
    assertThat(columns(song)).isNotEqualTo(columns(louder));
  }
}
