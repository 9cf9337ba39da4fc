package io.playlog.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BarTest {
  private static final String ERASE = "\r\u001b[K";

  private final PrintStream stderr = System.err;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream terminal = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @AfterEach
  void giveBackStandardError() {
    System.setErr(stderr);
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  private static Pace pace(long done) {
    return Pace.of(Work.of("stored", "m", () -> done), Duration.ofSeconds(1));
  }

  private static Pace pace(long done, long total) {
    return Pace.of(Work.of("stored", "messages", () -> done).outOf(total), Duration.ofSeconds(1));
  }

  @Test
  void whatOthersPrintAppearsAboveTheLine() {
    try (Bar bar = new Bar(terminal, 80)) {
      System.err.println("before");
      bar.show(pace(1));
      bar.show(pace(2));
      System.err.println("a warning");
      bar.show(pace(3));
    }
    System.err.println("after");
    assertThat(shown())
        .isEqualTo(
            "before\n"
                + (ERASE + "stored 1 m, 1/s")
                + (ERASE + "stored 2 m, 2/s")
                + (ERASE + "a warning\n")
                + (ERASE + "stored 3 m, 3/s\n")
                + "after\n");
  }

  @Test
  void aLineThatOthersHaveBegunIsLeftAlone() {
    try (Bar bar = new Bar(terminal, 80)) {
      System.err.print("half a line");
      bar.show(pace(1));
      System.err.println(" and the rest");
    }
    assertThat(shown()).isEqualTo("half a line and the rest\n");
  }

  @Test
  void standardErrorIsItsOwnAgain() {
    Bar bar = new Bar(terminal, 80);
    assertThat(System.err).isNotSameAs(terminal);
    bar.close();
    assertThat(System.err).isSameAs(terminal);
  }

  @Test
  void aBarAndWhatALogWouldSay() {
    assertThat(Bar.text(pace(0, 100), 120))
        .isEqualTo("[>                             ] stored 0 of 100 messages (0 %)");
    assertThat(Bar.text(pace(50, 100), 120))
        .isEqualTo(
            "[===============>              ] stored 50 of 100 messages (50 %), 50/s, 1 s left");
    assertThat(Bar.text(pace(100, 100), 120))
        .isEqualTo(
            "[==============================] stored 100 of 100 messages (100 %), 100/s, 0 s left");
  }

  @Test
  void withoutATotalThereIsNoBar() {
    assertThat(Bar.text(pace(50), 120)).isEqualTo("stored 50 m, 50/s");
  }

  @Test
  void aNarrowTerminalHasRoomForWordsFirst() {
    assertThat(Bar.text(pace(50, 100), 82)).startsWith("[=");
    assertThat(Bar.text(pace(50, 100), 81))
        .isEqualTo("stored 50 of 100 messages (50 %), 50/s, 1 s left");
    assertThat(Bar.text(pace(50, 100), 20)).isEqualTo("stored 50 of 100 me");
  }

  @Test
  void aTerminalSaysHowWideItIs() {
    assertThat(Terminal.columns("24 132\n")).isEqualTo(OptionalInt.of(132));
    assertThat(Terminal.columns("0 0\n")).as("it does not know").isEqualTo(OptionalInt.of(80));
    assertThat(Terminal.columns("")).as("it is none").isEmpty();
  }
}
