package io.playlog.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CodePointsTest {
  /** Java's chars have them the other way round. */
  private static final String BELOW = "\uff21";

  private static final String ABOVE = "\ud83c\udfb5";

  @Test
  void theFirstIsThatOfTheLowerCodePoint() {
    assertThat(BELOW.compareTo(ABOVE)).isPositive();
    assertThat(CodePoints.ORDER.compare(BELOW, ABOVE)).isNegative();
    assertThat(CodePoints.first(BELOW, ABOVE)).isEqualTo(BELOW);
    assertThat(CodePoints.first(ABOVE, BELOW)).isEqualTo(BELOW);
    assertThat(CodePoints.first("a", "a b")).isEqualTo("a");
  }

  @Test
  void aTextComesBeforeNone() {
    assertThat(CodePoints.first(null, "a")).isEqualTo("a");
    assertThat(CodePoints.first("a", null)).isEqualTo("a");
    assertThat(CodePoints.first(null, null)).isNull();
  }
}
