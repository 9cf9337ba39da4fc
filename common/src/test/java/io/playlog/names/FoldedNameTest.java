package io.playlog.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names are the same to the folded look-up; this list is what the documentation says. */
class FoldedNameTest {
  @ParameterizedTest
  @CsvSource({
    // Case, also where it changes the number of letters, and of Greek at the end of a word.
    "QUIET SPARROWS, Quiet Sparrows",
    "ÉTÉ, été",
    "STRASSE, Straße",
    "STRAẞE, Straße",
    "ΟΔΟΣ, οδος",
    "ΟΔΟΣ‚Α, οδοσ'α",
    "МОСКВА, Москва",
    "ﬁre, FIRE",
    "ISTANBUL, istanbul",
    "İSTANBUL, istanbul",
    "ısparta, ISPARTA",
    "Ǆ, ǆ"
  })
  void letterCase(String one, String other) {
    assertThat(fold(one)).isEqualTo(fold(other));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u2018", "\u2019", "\u201a", "\u201b", "\u2032", "\u2035", "\u2039", "\u203a", "\u02b9",
        "\u02bb", "\u02bc", "\u02bd", "\u00b4", "`", "\uff07"
      })
  void apostrophes(String found) {
    assertThat(fold("Don" + found + "t Look Back")).isEqualTo(fold("don't look back"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u201c", "\u201d", "\u201e", "\u201f", "\u2033", "\u2036", "\u00ab", "\u00bb", "\u301d",
        "\u301e", "\u301f", "\uff02"
      })
  void quotes(String found) {
    assertThat(fold(found + "Heroes" + found)).isEqualTo(fold("\"heroes\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212", "\u02d7", "\ufe58",
        "\ufe63", "\uff0d"
      })
  void dashes(String found) {
    assertThat(fold("Song " + found + " Live")).isEqualTo(fold("Song - Live"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Song One ",
        "  Song One",
        "Song  One",
        "Song\tOne",
        "Song\u00a0One",
        "Song\u3000One",
        "Song\nOne",
        "Song \u200b One",
        "\ufeffSong One",
        "So\u00adng One",
        "\u202eSong One\u202c",
        "Song\u3164One\u2800",
        "Song One\u0000"
      })
  void whiteSpaceAndWhatCannotBeSeen(String name) {
    assertThat(fold(name)).isEqualTo("song one");
  }

  /** A wrong match is worse than none. */
  @ParameterizedTest
  @CsvSource({
    "Si, Sí",
    "ΟΔΟΣ, οδός",
    "Über, Uber",
    "Don't, Dont",
    "Re-Up, Re Up",
    "SongOne, Song One",
    "ＬＯＶＥ, LOVE",
    "x², x2",
    "'Wait...', Wait…",
    "Song, Song (feat. Somebody)",
    "ゔ, う",
    "'It''s \"so\"', 'It''s ''so'''"
  })
  void whatElseDiffersTellsSongsApart(String one, String other) {
    assertThat(fold(one)).isNotEqualTo(fold(other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"İstanbul", "Straße", "ΟΔΟΣ‚Α", " A\u200b–“B” ", "ΐ", "ŉ", "Ǆ"})
  void foldedTwiceItIsTheSame(String name) {
    assertThat(fold(fold(name))).isEqualTo(fold(name));
  }

  @Test
  void onlyOfWhatCannotBeSeenNothingIsLeft() {
    for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
      String text = Character.toString(character);
      if (fold(text).isEmpty() != Names.isBlank(text)) {
        fail("U+%04X".formatted(character));
      }
    }
  }

  @Test
  void theMachinesLanguageDoesNotMatter() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(fold("TITLE")).isEqualTo("title");
    } finally {
      Locale.setDefault(before);
    }
  }

  private static String fold(String name) {
    return FoldedName.of(Names.toNfc(name));
  }
}
