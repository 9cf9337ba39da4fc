package io.playlog.cli;

import java.time.Instant;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Of a command about listens of a time; without them it is about all. */
public final class EventTimeOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = InstantConverter.class,
      description =
          "Only listens of this time (event time) or a later one, such as 2026-11-22T13:00Z.")
  private Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = InstantConverter.class,
      description = "Only listens before this time.")
  private Instant to;

  /** Either end may be null. */
  public TimeRange range() {
    return TimeRange.check(command, from, to);
  }
}
