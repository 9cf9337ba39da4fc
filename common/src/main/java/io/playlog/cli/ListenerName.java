package io.playlog.cli;

import io.playlog.listen.Listen.Details;
import io.playlog.listen.ListenMessage;
import io.playlog.listen.ListenParser;
import io.playlog.listen.RejectedException;
import io.playlog.names.Names;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The listener whom a person has named by {@code --listener}. */
public final class ListenerName {
  /** What a shell's locale cannot pass on arrives as this. */
  private static final String REPLACEMENT_CHARACTER = "\uFFFD";

  private ListenerName() {}

  /**
   * Checks it by the rules of messages, so that none of them is refused for it.
   *
   * @return in Unicode's form NFC, as it is stored
   */
  public static String check(CommandSpec command, String name) {
    requireUnspoilt(command, name);
    long time = ListenParser.EARLIEST.toEpochMilli();
    try {
      return ListenMessage.of(name, "any", time, Details.NONE, time).listen().name();
    } catch (RejectedException e) {
      throw new ParameterException(
          command.commandLine(),
          "--listener: found %s (%s), expected 1 to 1,024 characters of which something can be seen"
              .formatted(Names.quote(name), e.getMessage()));
    }
  }

  /** Else another one would be meant, who is not there or should not be. */
  public static void requireUnspoilt(CommandSpec command, String name) {
    if (name.contains(REPLACEMENT_CHARACTER)) {
      throw new ParameterException(
          command.commandLine(),
          "--listener: found %s, in which a character could not be read in the shell's locale; set LC_ALL=C.UTF-8 and try again"
              .formatted(Names.quote(name)));
    }
  }
}
