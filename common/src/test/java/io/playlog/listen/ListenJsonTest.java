package io.playlog.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playlog.listen.Listen.Details;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ListenJsonTest {
  private static final long NOON = 1_708_898_400_123L;

  @Test
  void isTheFormThatProducersHaveAlwaysSent() {
    assertThat(ListenJson.toBytes(new Listen("Ada", "Río \"No\"", NOON)))
        .asString()
        .isEqualTo(
            "{\"name\":\"Ada\",\"song\":\"Río \\\"No\\\"\",\"event_timestamp\":\"1708898400123\"}");
  }

  @Test
  void detailsFollowIfTheyAreKnown() {
    Details all = new Details("A \"B\"", "Álbum", 214_994, "player");
    assertThat(ListenJson.toBytes(new Listen("Ada", "Río", NOON, all)))
        .asString()
        .isEqualTo(
            "{\"name\":\"Ada\",\"song\":\"Río\",\"event_timestamp\":\"1708898400123\","
                + "\"artist\":\"A \\\"B\\\"\",\"album\":\"Álbum\",\"ms_played\":214994,\"source\":\"player\"}");
    Details some = new Details(null, null, 0, null);
    assertThat(ListenJson.toBytes(new Listen("Ada", "Río", NOON, some)))
        .asString()
        .isEqualTo(
            "{\"name\":\"Ada\",\"song\":\"Río\",\"event_timestamp\":\"1708898400123\",\"ms_played\":0}");
  }

  static Stream<String> texts() {
    return Stream.of(
        "Ada Lovelace",
        "  kept untrimmed ",
        "Zoë Ångström, Река, ไทย, 中文, مرحبا",
        "👩🏽‍🎤 \uD834\uDD1E",
        "\"quoted\" \\ back/slash",
        "tab\tline\nnull\0delete\u007f\u2028",
        "\uFFFD\uFFFF\uFEFF",
        "x".repeat(1024),
        "🎵".repeat(1024));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void parsedAgainItIsTheSameListen(String text) throws RejectedException {
    Listen byText = new Listen(text, "song", NOON);
    Listen songText = new Listen("name", text, NOON);
    Listen details = new Listen("name", "song", NOON, new Details(text, text, 1, "source"));

    assertThat(ListenParser.parse(ListenJson.toBytes(byText), NOON)).isEqualTo(byText);
    assertThat(ListenParser.parse(ListenJson.toBytes(songText), NOON)).isEqualTo(songText);
    assertThat(ListenParser.parse(ListenJson.toBytes(details), NOON)).isEqualTo(details);
  }

  @Test
  void halfACharacterHasNoForm() {
    assertThatIllegalArgumentException().isThrownBy(() -> ListenJson.escape("a\uD83D"));
  }

  @Test
  void halfACharacterIsRejected() {
    byte[] message =
        "{\"name\":\"a\\ud83d\",\"song\":\"song\",\"event_timestamp\":\"%d\"}"
            .formatted(NOON)
            .getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> ListenParser.parse(message, NOON)).hasMessage("name-not-text");
  }
}
