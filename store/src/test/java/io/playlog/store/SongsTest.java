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
    return song(name, "", durationMs);
  }

  private static Song song(String name, String artists, int durationMs) {
    return new Song(
        name,
        SomeSongs.song(Map.of(SongColumn.ARTISTS, artists, SongColumn.DURATION_MS, durationMs))
            .values());
  }

  private static SongColumns columns(Song song) {
    return new Songs(List.of(song)).exact(song.name(), null);
  }

  @Test
  void theExactNameIsFoundFirst() {
    assertThat(SONGS.exact("One", null)).isEqualTo(columns(LOWER));
    assertThat(SONGS.exact("ONE", null)).isEqualTo(columns(UPPER));
    assertThat(SONGS.exact("one", null)).isNull();
  }

  @Test
  void ofNamesFoldedAlikeTheFirstOfTheCatalogueIsFound() {
    assertThat(SONGS.folded(" one", null)).isEqualTo(columns(UPPER)).isNotEqualTo(columns(LOWER));
    assertThat(SONGS.folded("two", null)).isNull();
  }

  @Test
  void anArtistTellsSongsOfOneNameApart() {
    Song first = song("Intro", "The xx", 1);
    Song second = song("Intro", "M83, Zola Jesus", 2);
    Song third = song("Intro", "M83", 3);
    Songs songs = new Songs(List.of(first, second, third));

    assertThat(songs.exact("Intro", null)).isEqualTo(columns(first));
    assertThat(songs.exact("Intro", "The xx")).isEqualTo(columns(first));
    assertThat(songs.exact("Intro", "Zola Jesus")).isEqualTo(columns(second));
    assertThat(songs.exact("Intro", "M83, Zola Jesus")).isEqualTo(columns(second));
    assertThat(songs.exact("Intro", "M83")).as("the artist's alone").isEqualTo(columns(third));
    assertThat(songs.exact("Intro", "the XX")).isNull();
    assertThat(songs.exact("Intro", "DJ Shadow")).isNull();
    assertThat(songs.exact("Outro", "The xx")).isNull();
  }

  @Test
  void namesAndArtistsAreFoldedAlike() {
    Song first = song("INTRO", "Guns N’ Roses", 1);
    Song second = song("Intro", "Beyoncé, Jay‐Z", 2);
    Song third = song("intro", "GUNS N' ROSES", 3);
    Songs songs = new Songs(List.of(first, second, third));

    assertThat(songs.folded("Intro", "guns n' roses")).isEqualTo(columns(first));
    assertThat(songs.folded("intro", "guns n' roses"))
        .as("the very name first")
        .isEqualTo(columns(third));
    assertThat(songs.folded("iNTRO ", "JAY-Z")).isEqualTo(columns(second));
    assertThat(songs.folded("Intro", "Beyonce")).isNull();
    assertThat(songs.folded("Outro", "JAY-Z")).isNull();
    assertThat(songs.folded("iNTRO", null)).isEqualTo(columns(first));
  }

  @Test
  void aSongWithoutArtistsIsNobodys() {
    Songs songs = new Songs(List.of(song("One", 1), new Song("Two", Map.of())));

    assertThat(songs.exact("One", "A")).isNull();
    assertThat(songs.folded("One", "A")).isNull();
    assertThat(songs.exact("Two", "A")).isNull();
    assertThat(songs.exact("Two", null)).isNotNull();
  }

  @Test
  void tellsHowASongWasFound() {
    SongColumns song = SONGS.exact("One", null);

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
      assertThat(read.folded("oNE", null)).isEqualTo(columns(UPPER));
    }
  }
}
