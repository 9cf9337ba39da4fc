package io.playlog.producer.songs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SongGeneratorTest {
  @Test
  void sameSeedSameSongs() {
    assertThat(new SongGenerator(3).generate(200)).isEqualTo(new SongGenerator(3).generate(200));
  }

  @Test
  void otherSeedOtherSongs() {
    assertThat(new SongGenerator(3).generate(200)).isNotEqualTo(new SongGenerator(4).generate(200));
  }

  @Test
  void hasNamesForALargeCatalogue() {
    assertThat(new SongGenerator(1).generate(20_000))
        .hasSize(20_000)
        .extracting(GeneratedSong::name)
        .doesNotHaveDuplicates();
  }

  @Test
  void refusesNumbersItCannotMake() {
    assertThatThrownBy(() -> new SongGenerator(1).generate(100_001))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--songs: found 100001, expected 1 to 100000");
  }
}
