package io.playlog.jobs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import io.playlog.catalogue.Catalogue;
import io.playlog.catalogue.Song;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class SongColumnsTest {
  private static final Song SONG =
      new Song(
          "Élan 🎵",
          "Zoë, Ünal",
          214_994,
          "Album",
          LocalDate.of(2024, 1, 12),
          0.1f,
          0.2f,
          "11",
          -6.5f,
          "1",
          0.3f,
          0.4f,
          8.5e-05f,
          0.5f,
          0.6f,
          119.008f);

  private static byte[][] encoded(Song song) {
    return SongColumns.of(new Catalogue(List.of(song), List.of(), List.of())).get(song.name());
  }

  private static <T> T decode(TypeCodec<T> codec, byte[] column) {
    return codec.decode(ByteBuffer.wrap(column), ProtocolVersion.DEFAULT);
  }

  @Test
  void encodesExactlyTheValues() {
    byte[][] columns = encoded(SONG);
    assertThat(decode(TypeCodecs.TEXT, columns[0])).isEqualTo("Zoë, Ünal");
    assertThat(decode(TypeCodecs.INT, columns[1])).isEqualTo(214_994);
    assertThat(decode(TypeCodecs.TEXT, columns[2])).isEqualTo("Album");
    assertThat(decode(TypeCodecs.DATE, columns[3])).isEqualTo(LocalDate.of(2024, 1, 12));
    assertThat(decode(TypeCodecs.FLOAT, columns[4])).isEqualTo(0.1f);
    assertThat(decode(TypeCodecs.TEXT, columns[6])).isEqualTo("11");
    assertThat(decode(TypeCodecs.FLOAT, columns[14])).isEqualTo(119.008f);
    assertThat(columns.length).isEqualTo(SongColumns.NAMES.split(",").length);
  }

  @Test
  void whatTheCatalogueLacksHasNoColumn() {
    Song song = new Song("n", "a", 1, null, null, 0, 0, "1", 0, "1", 0, 0, 0, 0, 0, 0);
    byte[][] columns = encoded(song);
    assertThat(columns[2]).isNull();
    assertThat(columns[3]).isNull();
    assertThat(columns[4]).isNotNull();
  }
}
