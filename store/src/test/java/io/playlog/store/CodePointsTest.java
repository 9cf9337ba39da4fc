package io.playlog.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
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
  void theOrderIsThatOfUtf8() {
    List<String> parts = List.of("", "a", "é", "\ud7ff", "\ue000", BELOW, "\uffff", ABOVE, "🎶");
    List<String> texts =
        parts.stream().flatMap(one -> parts.stream().map(other -> one + other)).toList();
    for (String one : texts) {
      for (String other : texts) {
        assertThat(Integer.signum(CodePoints.ORDER.compare(one, other)))
            .as("%s, %s", one, other)
            .isEqualTo(Integer.signum(Arrays.compareUnsigned(utf8(one), utf8(other))));
      }
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aTextComesBeforeNone() {
    assertThat(CodePoints.first(null, "a")).isEqualTo("a");
    assertThat(CodePoints.first("a", null)).isEqualTo("a");
    assertThat(CodePoints.first(null, null)).isNull();
  }
}
