package io.playlog.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.store.Listeners.Entry;
import io.playlog.store.Listeners.Slice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenersTest {
  /** Stored data depends on these. */
  @ParameterizedTest
  @CsvSource({
    "Ada Lovelace, a, ada lovelace",
    "Zoë Ångström, z, zoë ångström",
    "Élodie, é, élodie",
    "ÉLODIE, é, élodie",
    "Наталья, н, наталья",
    "ßen, s, ssen",
    "İpek, i, ipek",
    "'  O’Brien  🎧 ', o, o'brien 🎧",
    "🎧 Radio, 🎧, 🎧 radio",
    "–dash, -, -dash",
    ". , ., .",
    "7seconds, 7, 7seconds"
  })
  void keysNeverChange(String name, String initial, String folded) {
    assertThat(Entry.of(name)).isEqualTo(new Entry(initial, folded, name));
  }

  /** No message has such a name; an earlier version may have stored one, and forgets it. */
  @Test
  void aNameOfWhichNothingCanBeSeenHasARowThatNoSearchReads() {
    Entry entry = Entry.of("\u200b");
    assertThat(entry).isEqualTo(new Entry(" ", "", "\u200b"));
    for (String visible : List.of("a", " a", ".", "🎧", "\u200b a")) {
      assertThat(Slice.of(visible, "").initial()).isNotEqualTo(entry.initial());
    }
  }

  @Test
  void rowsOfOnePartitionAreWrittenTogether() {
    assertThat(Listeners.partitions(List.of("Ada", "Zoë", "ANNE", "\u200bada")))
        .containsExactlyInAnyOrder(
            List.of(Entry.of("Ada"), Entry.of("ANNE"), Entry.of("\u200bada")),
            List.of(Entry.of("Zoë")));
  }

  @Test
  void aSearchBeginsWithThePrefixOrAfterTheLastName() {
    assertThat(Slice.of("AD", "")).isEqualTo(new Slice("a", "ad", "ad", ""));
    assertThat(Slice.of("AD", "ADA")).isEqualTo(new Slice("a", "ad", "ada", "ADA"));
    assertThat(Slice.of("Ada", "ada")).isEqualTo(new Slice("a", "ada", "ada", "ada"));
  }

  /** The address may have been written by hand. */
  @ParameterizedTest
  @CsvSource({"Aaron", "Bob", "a", "''"})
  void anyOtherLastNameIsBeforeAll(String after) {
    assertThat(Slice.of("AD", after)).isEqualTo(new Slice("a", "ad", "ad", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "ada, Ada Lovelace",
    "ADA  LOVE, Ada Lovelace",
    "'ada ', Adam",
    "o'b, O’Brien",
    "s, ßen",
    "straß, STRASSE",
    "e\u0301, Élodie"
  })
  void differencesOfCaseTypographyAndWhiteSpaceDoNotCount(String prefix, String name) {
    Slice slice = Slice.of(prefix, "");
    assertThat(slice.initial()).isEqualTo(Entry.of(name).initial());
    assertThat(slice.holds(Entry.of(name).folded())).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"ada, Adda", "e, Élodie", "lovelace, Ada Lovelace", "ada lovelaces, Ada Lovelace"})
  void otherNamesAreNotFound(String prefix, String name) {
    assertThat(Slice.of(prefix, "").holds(Entry.of(name).folded())).isFalse();
  }
}
