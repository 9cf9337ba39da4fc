package io.playlog.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.error.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(args);
  }

  @Test
  void helpNamesCommandsAndExitCodes() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains("schema", "stream", "hourly-summary", "audit", "rematch", "status")
        .contains("3   the stream has not caught up in time")
        .contains("6   the audit found that messages are missing")
        .contains("7   messages of the audited time have left the topic");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schema",
        "stream",
        "hourly-summary",
        "audit",
        "rematch",
        "forget",
        "status",
        "replay-dead-letters",
        "skip-unreadable"
      })
  void everyCommandHasHelp(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString()).contains("--config");
  }

  @Test
  void aMissingCommandIsAUsageError() {
    assertThat(run()).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(err.toString()).contains("PL-100: Missing required subcommand", "jobs.jar --help");
  }

  @Test
  void aBadHourIsAUsageErrorThatNamesAGoodOne() {
    assertThat(run("hourly-summary", "--hour", "2026-11-22T13:30Z"))
        .isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(err.toString())
        .contains(
            "found '2026-11-22T13:30Z', expected the start of an hour, such as 2026-11-22T13:00Z");
  }

  @Test
  void whatWasPublishedIsSkippedOnlyInARange() {
    assertThat(run("hourly-summary", "--skip-published-since", "2026-11-22T13:00:00.25Z"))
        .isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(err.toString()).contains("found --skip-published-since without --from and --to");
  }

  @Test
  void anUnknownReasonIsAUsageErrorThatListsTheCodes() {
    assertThat(run("replay-dead-letters", "--reason", "not_json"))
        .isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(err.toString())
        .contains("found 'not_json', expected one of no-value, not-utf8, not-json, not-an-object,");
  }

  /** There is nothing that could be sent. */
  @Test
  void whatCannotBeReadIsNotReplayed() {
    assertThat(run("replay-dead-letters", "--reason", "unreadable"))
        .isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(err.toString()).contains("found 'unreadable', expected one of no-value,");
  }

  @Test
  void aTimeThatEndsBeforeItBeginsIsAUsageError() {
    assertThat(
            run(
                "replay-dead-letters",
                "--reason=not-json",
                "--from=2026-11-22T14:00Z",
                "--to=2026-11-22T13:00Z"))
        .isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(err.toString())
        .contains(
            "--from: found 2026-11-22T14:00:00Z, expected an instant before --to 2026-11-22T13:00:00Z");
  }

  @Test
  void aBadTimeOfARematchIsAUsageError() {
    assertThat(run("rematch", "--from", "yesterday", "--to", "2026-11-22T13:00Z"))
        .isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(err.toString())
        .contains("found 'yesterday', expected an instant, such as 2026-11-22T13:00Z");
  }

  @Test
  void aRematchOfNoTimeIsAUsageError() {
    assertThat(run("rematch", "--from", "2026-11-22T13:00Z", "--to", "2026-11-22T14:00+01:00"))
        .isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(err.toString())
        .contains(
            "--from: found 2026-11-22T13:00:00Z, expected an instant before --to 2026-11-22T13:00:00Z");
  }

  @Test
  void aMissingConfigurationIsBadInput() {
    assertThat(run("schema", "--config", "/nowhere/application.conf"))
        .isEqualTo(ExitCode.BAD_INPUT.code());
  }
}
