package io.playlog.jobs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.jobs.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class AuditCommandTest {
  private final StringWriter err = new StringWriter();

  private int run(String arguments) {
    CommandLine commandLine = new CommandLine(new AuditCommand());
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(arguments.isEmpty() ? new String[0] : arguments.split(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--from 2026-11-22T13:00Z",
        "--to 2026-11-22T13:00Z",
        "--hour 2026-11-22T13:00Z --from 2026-11-22T13:00Z --to 2026-11-22T14:00Z",
        "--hour 2026-11-22T13:00Z --to 2026-11-22T14:00Z",
        "--hour 2026-11-22T13:30Z",
        "--from yesterday --to 2026-11-22T14:00Z",
        "--hour 2026-11-22T13:00Z --list -1"
      })
  void exactlyOneFormMustBeGiven(String arguments) {
    assertThat(run(arguments)).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(err.toString()).contains("Usage: audit");
  }

  @Test
  void theRangeMustNotBeEmpty() {
    assertThat(run("--from 2026-11-22T13:00Z --to 2026-11-22T14:00+01:00"))
        .isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(err.toString())
        .contains("--from 2026-11-22T13:00:00Z is not before --to 2026-11-22T13:00:00Z");
  }

  @Test
  void anInstantThatIsNoneIsNamedWithAGoodOne() {
    run("--from yesterday --to 2026-11-22T14:00Z");
    assertThat(err.toString())
        .contains("found 'yesterday', expected an instant, such as 2026-11-22T13:00Z");
  }
}
