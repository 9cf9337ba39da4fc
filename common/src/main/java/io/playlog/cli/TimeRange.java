package io.playlog.cli;

import java.time.Instant;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * A time that a person has asked for by {@code --from} and {@code --to}.
 *
 * @param to not included
 */
public record TimeRange(Instant from, Instant to) {
  /** Checks {@code from < to}, also where one of them is left out. */
  public static TimeRange check(CommandSpec command, Instant from, Instant to) {
    if (from != null && to != null && !from.isBefore(to)) {
      throw new ParameterException(
          command.commandLine(),
          "--from: found %s, expected an instant before --to %s".formatted(from, to));
    }
    return new TimeRange(from, to);
  }
}
