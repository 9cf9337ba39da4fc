package io.playlog.producer.listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playlog.error.PlaylogException;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenerNamesTest {
  @Test
  void namedListenerComesLast() {
    assertThat(ListenerNames.draw(60, "Ada Lovelace", 7))
        .hasSize(61)
        .doesNotHaveDuplicates()
        .endsWith("Ada Lovelace");
  }

  @Test
  void sameSeedSameNames() {
    List<String> few = ListenerNames.draw(50, "Ada Lovelace", 7);

    assertThat(ListenerNames.draw(50, "Ada Lovelace", 7)).isEqualTo(few);
    assertThat(ListenerNames.draw(80, "Ada Lovelace", 7))
        .startsWith(few.subList(0, 50).toArray(String[]::new));
    assertThat(ListenerNames.draw(50, "Ada Lovelace", 8)).isNotEqualTo(few);
  }

  @Test
  void repeatsAndTheNamedListenerAreDrawnAgain() {
    Iterator<String> source = List.of("Ann", "Ann", "Ada", "Bob").iterator();

    assertThat(ListenerNames.draw(2, "Ada", source::next)).containsExactly("Ann", "Bob", "Ada");
  }

  @Test
  void givesUpWhenThereAreNoMoreNames() {
    assertThatThrownBy(() -> ListenerNames.draw(2, "Ada", () -> "Ann"))
        .isInstanceOf(PlaylogException.class)
        .hasMessage(
            "playlog.producer.listeners: found 2, expected 1 at most: there are no more different"
                + " names of synthetic listeners");
  }

  @Test
  void hasNamesForALargeCrowd() {
    assertThat(ListenerNames.draw(200_000, "Ada Lovelace", 7))
        .hasSize(200_001)
        .doesNotHaveDuplicates();
  }
}
