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
  private ListenerName() {}

  /**
   * Checks it by the rules of messages, so that none of them is refused for it.
   *
   * @return in Unicode's form NFC, as it is stored
   */
  public static String check(CommandSpec command, String name) {
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
}
