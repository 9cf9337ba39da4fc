package io.playlog.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {
  @ParameterizedTest
  @CsvSource({"0.4, 0.4 s", "61, 1 min 1 s", "3660, 1 h 1 min", "183600, 2 d 3 h"})
  void durations(double seconds, String expected) {
    assertThat(Format.duration(seconds)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 MiB", "1, 1 MiB", "1048576, 1 MiB", "4398047559681, '4,194,306 MiB'"})
  void sizes(long bytes, String expected) {
    assertThat(Format.mebibytes(bytes)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Ada Lovelace | /listeners/Ada%20Lovelace",
        "AC/DC?&#+ | /listeners/AC%2FDC%3F%26%23%2B",
        ". | /listeners/-?name=.",
        ".. | /listeners/-?name=..",
        "... | /listeners/..."
      })
  void addressesOfListeners(String name, String expected) {
    assertThat(Format.listenerPath(name)).isEqualTo(expected);
  }

  @Test
  void addressesBelowThem() {
    assertThat(Format.listenerPath("A B", "/2026", "a=b")).isEqualTo("/listeners/A%20B/2026?a=b");
    assertThat(Format.listenerPath("..", "/2026", "a=b"))
        .isEqualTo("/listeners/-/2026?name=..&a=b");
  }

  @Test
  void coloursOfNumbers() {
    assertThat(Format.level(0, 0)).isZero();
    assertThat(Format.level(1, 1000)).isEqualTo(1);
    assertThat(Format.level(1000, 1000)).isEqualTo(5);
  }
}
