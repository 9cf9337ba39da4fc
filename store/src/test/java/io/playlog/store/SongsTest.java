package io.playlog.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.catalogue.Song;
import io.playlog.catalogue.SongColumn;
import io.playlog.store.Songs.Match;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SongsTest {
  private static final Song UPPER = song("ONE", 1);
  private static final Song LOWER = song("One", 2);
  private static final Songs SONGS = new Songs(List.of(UPPER, LOWER));

  private static Song song(String name, int durationMs) {
    return new Song(name, SomeSongs.song(Map.of(SongColumn.DURATION_MS, durationMs)).values());
  }

  private static SongColumns columns(Song song) {
    return new Songs(List.of(song)).exact(song.name());
  }

  @Test
  void theExactNameIsFoundFirst() {
    assertThat(SONGS.exact("One")).isEqualTo(columns(LOWER));
    assertThat(SONGS.exact("ONE")).isEqualTo(columns(UPPER));
    assertThat(SONGS.exact("one")).isNull();
  }

  @Test
  void ofNamesFoldedAlikeTheFirstOfTheCatalogueIsFound() {
    assertThat(SONGS.folded(" one")).isEqualTo(columns(UPPER)).isNotEqualTo(columns(LOWER));
    assertThat(SONGS.folded("two")).isNull();
  }

  @Test
  void tellsHowASongWasFound() {
    SongColumns song = SONGS.exact("One");

    assertThat(Match.of(song, song)).isEqualTo(Match.EXACT);
    assertThat(Match.of(null, song)).isEqualTo(Match.FOLDED);
    assertThat(Match.of(null, null)).isEqualTo(Match.NONE);
  }

  @Test
  void tasksFindTheSame() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(SONGS);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      Songs read = (Songs) in.readObject();
      assertThat(read.byName()).isEqualTo(SONGS.byName());
      assertThat(read.folded("oNE")).isEqualTo(columns(UPPER));
    }
  }
}
