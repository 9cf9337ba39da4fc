package io.playlog.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void wordsAreOneLineWithoutItsFullStop() {
    assertThat(Failures.words(new IOException(" No node \n  answers.\r\nTry again. ")))
        .isEqualTo("No node answers. Try again");
  }

  @Test
  void theClassStandsForAMessageThatIsMissing() {
    assertThat(Failures.words(new IOException())).isEqualTo("java.io.IOException");
  }

  @Test
  void theRootIsTheInnermostCause() {
    IOException innermost = new IOException("no route");

    assertThat(Failures.root(new IllegalStateException(new UncheckedIOException(innermost))))
        .isSameAs(innermost);
    assertThat(Failures.root(innermost)).isSameAs(innermost);
  }
}
