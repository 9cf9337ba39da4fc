package io.playlog.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArtistListTest {
  @ParameterizedTest
  @ValueSource(strings = {"A", "Tyler", "The Creator", "Tyler, The Creator", "A, Tyler", "Z"})
  void anyOfThemAndNeighboursAreContained(String artist) {
    assertThat(ArtistList.contains("A, Tyler, The Creator, Z", artist)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A, B | C",
        "A, B | a",
        "A, BB | B",
        "AA, B | A",
        "A,B | A",
        "A, B | A,",
        "A, B | 'B, A'",
        "A, B | 'A, B, C'",
        "A, B, C | 'A, C'",
        "'' | A",
        "'A, ' | B",
        "', ' | A",
        "A | ''",
        "'' | 'A, B'"
      })
  void othersAreNot(String artists, String artist) {
    assertThat(ArtistList.contains(artists, artist)).isFalse();
  }

  @Test
  void aLaterOneIsFoundBehindABeginningOfIt() {
    assertThat(ArtistList.contains("The The Band, The The", "The The")).isTrue();
    assertThat(ArtistList.contains("A, A, B", "A, B")).isTrue();
  }
}
