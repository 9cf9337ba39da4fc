package io.playlog.producer.songs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SongMakerTest {
  @Test
  void sameSeedSameSongs() {
    assertThat(new SongMaker(3).make(200)).isEqualTo(new SongMaker(3).make(200));
  }

  @Test
  void otherSeedOtherSongs() {
    assertThat(new SongMaker(3).make(200)).isNotEqualTo(new SongMaker(4).make(200));
  }

  @Test
  void hasNamesForALargeCatalogue() {
    assertThat(new SongMaker(1).make(20_000))
        .hasSize(20_000)
        .extracting(GeneratedSong::name)
        .doesNotHaveDuplicates();
  }

  @Test
  void refusesNumbersItCannotMake() {
    assertThatThrownBy(() -> new SongMaker(1).make(100_001))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--songs: found 100001, expected 1 to 100000");
  }
}
