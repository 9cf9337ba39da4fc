package io.playlog.jobs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.error.ExitCode;
import io.playlog.jobs.JobRun;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String arguments) {
    return JobRun.commandLine(new PrintWriter(out), new PrintWriter(err))
        .execute(("audit " + arguments).strip().split(" "));
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
    assertThat(err.toString()).contains("PL-100: ", "See: jobs.jar audit --help");
  }

  @Test
  void theRangeMustNotBeEmpty() {
    assertThat(run("--from 2026-11-22T13:00Z --to 2026-11-22T14:00+01:00"))
        .isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(err.toString())
        .contains("--from: found 2026-11-22T13:00:00Z, expected an instant before --to");
  }

  @Test
  void anInstantThatIsNoneIsNamedWithAGoodOne() {
    run("--from yesterday --to 2026-11-22T14:00Z");
    assertThat(err.toString())
        .contains("found 'yesterday', expected an instant, such as 2026-11-22T13:00Z");
  }
}
