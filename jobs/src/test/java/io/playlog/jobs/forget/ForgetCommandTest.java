package io.playlog.jobs.forget;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.error.ExitCode;
import io.playlog.jobs.JobRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before anything is asked or deleted. */
class ForgetCommandTest {
  private static JobRun run(String... arguments) {
    return JobRun.of(Path.of("/nowhere/application.conf"), "forget", arguments);
  }

  @Test
  void aListenerMustBeNamed() {
    assertThat(run().exitCode()).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(run().error()).contains("PL-100: Missing required option: '--listener=NAME'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void aNameThatNoListenCanHaveIsRefused(String name) {
    JobRun run = run("--listener", name);
    assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(run.error())
        .contains(
            "--listener: found \""
                + name
                + "\", expected a name of which something can be seen, of 3072 characters at most");
  }

  /** Else the last one would be forgotten, and the other kept. */
  @Test
  void oneListenerAtATime() {
    assertThat(run("--listener=A", "--listener=B").error())
        .contains("--listener: found 2 names, expected one: run the command for each");
  }

  /** U+0958 becomes two characters in form NFC; an earlier version stored 1024 of them. */
  @Test
  void aNameMayBeAsLongAsOneThatIsStored() {
    assertThat(run("--listener", "🎧".repeat(3073)).error()).contains("of 3072 characters at most");
    for (String longest : new String[] {"🎧".repeat(1024), "\u0958".repeat(1024)}) {
      assertThat(run("--listener", longest).error()).contains("/nowhere/application.conf");
    }
  }

  /** Else a name that is not there would be marked, and the right one kept. */
  @Test
  void aNameThatTheLocaleHasSpoiltIsRefused() {
    assertThat(run("--listener", "Zo\uFFFD\uFFFD").error())
        .contains("could not be read in the shell's locale; set LC_ALL=C.UTF-8");
  }

  @Test
  void aTimeThatEndsBeforeItBeginsIsRefused() {
    JobRun run = run("--listener=A", "--from=2026-11-22T14:00Z", "--to=2026-11-22T14:00Z");
    assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(run.error())
        .contains("--from: found 2026-11-22T14:00:00Z, expected an instant before");
  }
}
