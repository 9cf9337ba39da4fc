package io.playlog.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.error.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command line of import. */
class ImportTest {
  private static final String PLAY =
      "{\"endTime\":\"2021-05-01 10:15\",\"artistName\":\"A\",\"trackName\":\"S\",\"msPlayed\":%d}";

  @TempDir private Path folder;
  private Path file;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("a.json");
    Files.writeString(
        file,
        "[" + PLAY.formatted(31_000) + "," + PLAY.formatted(3000) + "," + PLAY.formatted(-1) + "]");
  }

  private int execute(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  @Test
  void aDryRunNeedsNeitherSettingsNorKafka() {
    assertThat(
            execute("--config", "gone.conf", "import", file + "", "--listener", "Ada", "--dry-run"))
        .isZero();

    assertThat(out.toString().lines())
        .containsExactly(
            "unreadable: " + file + ", item 3: found a negative time played",
            "files 1, not recognised 0",
            "in 3 = to send 1 + shorter than 30 s 1 + unreadable 1");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void jsonHasAllOfIt() throws IOException {
    Files.writeString(folder.resolve("ñ.txt"), "text");

    assertThat(execute("import", folder + "", "--listener", "Ada", "--dry-run", "--json")).isZero();

    assertThat(out.toString().replace(folder + "/", ""))
        .isEqualTo(
            "{\"lines\":[{\"kind\":\"short\",\"file\":\"a.json\",\"item\":2},"
                + "{\"kind\":\"unreadable\",\"file\":\"a.json\",\"item\":3,\"reason\":\"found a negative time played\"}],"
                + "\"alike\":[],"
                + "\"not_recognised\":[{\"file\":\"\\u00F1.txt\",\"found\":\"another kind of file\"}],"
                + "\"damaged\":[],\"files\":1,\"complete\":true,\"dry_run\":true,\"min_played_ms\":30000,"
                + "\"in\":3,\"to_send\":1,\"not_sent\":0,\"repeated\":0,\"short\":1,\"private\":0,"
                + "\"podcasts\":0,\"audiobooks\":0,\"videos\":0,\"unreadable\":1}"
                + System.lineSeparator());
  }

  @Test
  void whatCannotBeReadIsAnErrorAfterTheAccount() throws IOException {
    Files.writeString(file, "[" + PLAY.formatted(31_000) + ",");

    assertThat(execute("import", file + "", "--listener", "Ada", "--dry-run"))
        .isEqualTo(ExitCode.BAD_INPUT.code());

    assertThat(out.toString()).endsWith("in 2 = to send 1 + unreadable 1" + System.lineSeparator());
    assertThat(err.toString())
        .startsWith("PL-104: Not all could be read: " + file + " is damaged or ends early. ")
        .hasLineCount(1);
  }

  @Test
  void aPathThatIsNotThereStopsBeforeAnythingIsRead() {
    assertThat(execute("import", file + "", folder + "/b", "--listener", "Ada", "--dry-run"))
        .isEqualTo(ExitCode.BAD_INPUT.code());

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).startsWith("PL-104: " + folder + "/b is not there; ");
  }

  @Test
  void withoutABrokerItSaysWhatToDo() {
    String config = "src/test/resources/no-broker.conf";
    assertThat(execute("--config", config, "import", file + "", "--listener", "Ada"))
        .isEqualTo(ExitCode.UNREACHABLE.code());

    assertThat(err.toString()).startsWith("PL-201: No Kafka broker answers at 127.0.0.1:1: ");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--min-played, 30, --min-played",
    "--min-played, -1s, --min-played",
    "--min-played, soon, --min-played",
    "--private, maybe, --private",
    "--listener, ' ', --listener"
  })
  void badOptionsAreNamed(String option, String value, String named) {
    assertThat(execute("import", file + "", "--listener", "Ada", "--dry-run", option, value))
        .isEqualTo(ExitCode.BAD_INPUT.code());

    assertThat(err.toString()).startsWith("PL-100: ").contains(named);
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2s, in 3 = to send 2 + unreadable 1",
    "0, in 3 = to send 2 + unreadable 1",
    "3001 ms, in 3 = to send 1 + shorter than 3001 ms 1 + unreadable 1",
    "1m, in 3 = to send 0 + shorter than 60 s 2 + unreadable 1"
  })
  void howLongAPlayMustBe(String time, String account) {
    assertThat(execute("import", file + "", "--listener", "Ada", "--dry-run", "--min-played", time))
        .isZero();

    assertThat(out.toString().lines()).last().isEqualTo(account);
  }
}
