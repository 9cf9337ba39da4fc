package io.playlog.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ProducerCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpNamesOptionsSubcommandsAndExitCodes() {
    assertThat(execute("--help")).isZero();

    assertThat(out.toString())
        .contains("--config", "--count", "--rate", "--from", "--to", "--seed", "--manifest")
        .contains("create-topics", "generate-catalogue", "settings")
        .contains("Exit codes: 0 all well; 1");
  }

  @Test
  void configurationErrorIsOneLine() {
    assertThat(execute("--config", "missing.conf")).isEqualTo(2);

    assertThat(err.toString())
        .startsWith("Cannot read the configuration missing.conf")
        .hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void configurationCountsForSubcommandsToo() {
    assertThat(execute("--config", "missing.conf", "create-topics")).isEqualTo(2);
    assertThat(execute("--config", "missing.conf", "settings")).isEqualTo(2);
    assertThat(execute("create-topics", "--config", "missing.conf")).isEqualTo(2);

    assertThat(err.toString().lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("Cannot read the configuration missing.conf"));
  }

  @Test
  void theLastConfigurationCounts() {
    assertThat(execute("--config", "missing.conf", "--config", "gone.conf")).isEqualTo(2);

    assertThat(err.toString()).startsWith("Cannot read the configuration gone.conf");
  }

  @Test
  void printsSettings() {
    assertThat(execute("--config", "../conf/application.conf", "settings", "kafka.topic")).isZero();

    assertThat(out.toString()).isEqualTo("spotify" + System.lineSeparator());
  }

  @Test
  void unknownOptionIsAUsageError() {
    assertThat(execute("--fast")).isEqualTo(2);

    assertThat(err.toString()).isEqualTo("Unknown option: '--fast'" + System.lineSeparator());
  }

  @Test
  void contradictingOptionsAreAUsageError() {
    assertThat(execute("--config", "../conf/application.conf", "--from", "2026-11-22T13:00:00Z"))
        .isEqualTo(2);

    assertThat(err.toString()).isEqualTo("--from and --to go together" + System.lineSeparator());
  }

  private int execute(String... arguments) {
    CommandLine line = ProducerCommand.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
