package io.playlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playlog.config.SettingsProgram;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ProgramTest {
  private final StringWriter err = new StringWriter();

  /** Fails as it is told. */
  @Command(name = "failing")
  private static final class Failing extends Program implements Callable<Integer> {
    private final RuntimeException failure;

    private Failing(RuntimeException failure) {
      this.failure = failure;
    }

    @Override
    public Integer call() {
      throw failure;
    }

    @Override
    protected Optional<PlaylogException> explain(Throwable failure) {
      return failure instanceof ArithmeticException
          ? Optional.of(new PlaylogException(ErrorCode.TOPIC_MISSING, "explained later"))
          : Optional.empty();
    }
  }

  private int run(RuntimeException failure) {
    CommandLine line = Program.commandLine(new Failing(failure));
    return line.setErr(new PrintWriter(err, true)).execute();
  }

  @Test
  void anExplainedFailureIsItsIdAndMessage() {
    RuntimeException failure = new PlaylogException(ErrorCode.TOPIC_MISSING, "no topic x");
    assertThat(run(new IllegalStateException("wrapped by Spark", failure))).isEqualTo(5);
    assertThat(err).hasToString("PL-203: no topic x" + System.lineSeparator());
  }

  @Test
  void aProgramMayExplainWhatNobodyHas() {
    assertThat(run(new ArithmeticException("why"))).isEqualTo(5);
    assertThat(err).hasToString("PL-203: explained later" + System.lineSeparator());
  }

  @Test
  void anUnexplainedFailureIsLeftToTheLog() {
    assertThat(run(new IllegalStateException("why"))).isEqualTo(1);
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"11.0.24+8", "16", "18-ea", "21.0.5+11-LTS", "25"})
  void anotherJdkIsRefused(String version) {
    CommandLine line = new CommandLine(new SettingsProgram());
    assertThatThrownBy(() -> Program.checkJdk(line, Runtime.Version.parse(version)))
        .hasRootCauseInstanceOf(PlaylogException.class)
        .hasMessage(
            "Found JDK %s in %s, expected JDK 17: install it and set JAVA_HOME to it",
            version, System.getProperty("java.home"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "17-ea", "17.0.15+6-Debian-1deb12u1"})
  void everyUpdateOf17WillDo(String version) {
    Program.checkJdk(new CommandLine(new SettingsProgram()), Runtime.Version.parse(version));
  }

  @Test
  void idsAreNotUsedTwice() {
    Set<String> ids = new HashSet<>();
    for (ErrorCode code : ErrorCode.values()) {
      assertThat(code.id()).matches("PL-\\d{3}");
      assertThat(ids.add(code.id())).as(code.id()).isTrue();
    }
  }

  @Test
  void numbersAreWrittenTheSameInEveryLocale() {
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat("%d".formatted(42)).as("else there is nothing to mend").isNotEqualTo("42");
      Program.commandLine(new SettingsProgram());
      assertThat("%d %.1f".formatted(42, 0.5)).isEqualTo("42 0.5");
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, before);
    }
  }
}
