package io.playlog.web.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.store.SongsByHour.Plays;
import io.playlog.web.sample.Snapshot.SongPlays;
import org.junit.jupiter.api.Test;

class TopSongsTest {
  /** By code point; Java's chars have the last two the other way round. */
  private static final String BELOW = "\uff21";

  private static final String ABOVE = "\ud83c\udfb5";

  private static TopSongs top(int most, String... songs) {
    TopSongs top = new TopSongs(most);
    for (String song : songs) {
      top.add(song, new Plays(song.length(), 1, null));
    }
    return top;
  }

  @Test
  void theMostPlayedComesFirst() {
    TopSongs top = top(2, "a", "ccc", "bb", "d");
    assertThat(top.songs()).extracting(SongPlays::song).containsExactly("ccc", "bb");
    assertThat(top.others()).isEqualTo(2);
  }

  @Test
  void ofSeveralTheLowestByCodePoint() {
    TopSongs top = new TopSongs(2);
    for (String song : new String[] {ABOVE, BELOW, "a"}) {
      top.add(song, new Plays(1, 1, null));
    }
    assertThat(top.songs()).extracting(SongPlays::song).containsExactly("a", BELOW);
  }

  @Test
  void fewerThanAskedForAreAll() {
    assertThat(top(5, "a", "bb").songs()).extracting(SongPlays::song).containsExactly("bb", "a");
    assertThat(top(5, "a", "bb").others()).isZero();
  }
}
