package io.playlog.jobs.audit;

import io.playlog.jobs.InstantOption;
import io.playlog.jobs.report.HourOption;
import java.time.Instant;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Either an hour of event time, or a range of Kafka time. */
final class AuditedTimeOptions {
  @Option(
      names = "--hour",
      required = true,
      paramLabel = "HOUR",
      converter = HourOption.class,
      description = "Look at the listens of this hour (event time), such as 2026-11-22T13:00Z.")
  private Instant hour;

  @ArgGroup(exclusive = false)
  private Range range;

  private static final class Range {
    @Option(
        names = "--from",
        required = true,
        paramLabel = "T",
        converter = InstantOption.class,
        description = "Look at the messages written to Kafka since then (Kafka time).")
    private Instant from;

    @Option(
        names = "--to",
        required = true,
        paramLabel = "T",
        converter = InstantOption.class,
        description = "... and before then.")
    private Instant to;
  }

  AuditedTime check(CommandSpec spec) {
    if (range == null) {
      return AuditedTime.ofHour(hour);
    }
    if (!range.from.isBefore(range.to)) {
      throw new ParameterException(
          spec.commandLine(), "--from %s is not before --to %s".formatted(range.from, range.to));
    }
    return AuditedTime.ofKafkaTime(range.from, range.to);
  }
}
