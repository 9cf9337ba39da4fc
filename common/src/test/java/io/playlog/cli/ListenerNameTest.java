package io.playlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

class ListenerNameTest {
  @Command(name = "any")
  private static final class Any {}

  private final CommandSpec command = new CommandLine(new Any()).getCommandSpec();

  @Test
  void aNameIsInTheFormInWhichItIsStored() {
    assertThat(ListenerName.check(command, "Zoe\u0308")).isEqualTo("Zo\u00EB");
  }

  @Test
  void whatNoMessageMayHaveIsRefused() {
    for (String name : new String[] {"", " ", "x".repeat(1025)}) {
      assertThatThrownBy(() -> ListenerName.check(command, name))
          .isInstanceOf(ParameterException.class)
          .hasMessageContaining("expected 1 to 1,024 characters of which something can be seen");
    }
  }

  /** Under LANG=C a name arrives with other characters: it would be somebody else's. */
  @Test
  void aNameThatTheLocaleHasSpoiltIsRefused() {
    assertThatThrownBy(() -> ListenerName.check(command, "Zo\uFFFD\uFFFD"))
        .isInstanceOf(ParameterException.class)
        .hasMessage(
            "--listener: found \"Zo\uFFFD\uFFFD\", in which a character could not be read in the shell's locale; set LC_ALL=C.UTF-8 and try again");
  }
}
