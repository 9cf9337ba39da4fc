package io.playlog.jobs.deadletters;

import io.playlog.config.KafkaSettings;
import io.playlog.jobs.ConfigOption;
import io.playlog.jobs.ExitCode;
import io.playlog.jobs.InstantOption;
import io.playlog.jobs.kafka.SourceTopic;
import io.playlog.listen.RejectReason;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** For the day when the validation was what was wrong. */
@Command(
    name = "replay-dead-letters",
    mixinStandardHelpOptions = true,
    description = {
      "Sends dead letters of one reason to the source topic again: value, key and headers as they"
          + " came, and a header playlog.replayed-from that names their first topic/partition/offset.",
      "Each message is sent once, however many letters it has. What is no listen still becomes a"
          + " dead letter again; listens overwrite themselves."
    })
public final class ReplayDeadLettersCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigOption configOption;

  @Option(
      names = "--reason",
      paramLabel = "R",
      required = true,
      converter = ReasonOption.class,
      description = "Code in the header playlog.reason. Ex. timestamp-in-the-future")
  private RejectReason reason;

  @Option(
      names = "--from",
      paramLabel = "T",
      converter = InstantOption.class,
      description =
          "Only messages that came to the source topic at T or later. Ex. 2026-11-22T13:00Z")
  private Instant from;

  @Option(
      names = "--to",
      paramLabel = "T",
      converter = InstantOption.class,
      description = "Only messages that came to the source topic before T.")
  private Instant to;

  @Option(names = "--dry-run", description = "Counts, and sends nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    if (from != null && to != null && !from.isBefore(to)) {
      throw new ParameterException(
          spec.commandLine(),
          "--from: found %s, expected an instant before --to %s".formatted(from, to));
    }
    KafkaSettings kafka = configOption.load().kafka();
    LetterFilter filter = new LetterFilter(kafka.topic(), reason, from, to);
    if (dryRun) {
      LetterReader.forEach(kafka, filter::picks);
    } else {
      replay(kafka, filter);
    }
    spec.commandLine()
        .getOut()
        .printf(
            "%s %d (of %d dead letters with reason %s)%n",
            dryRun ? "would replay" : "replayed",
            filter.picked(),
            filter.withReason(),
            reason.code())
        .flush();
    return ExitCode.OK.code();
  }

  private static void replay(KafkaSettings kafka, LetterFilter filter) {
    try (SourceTopic topic = new SourceTopic(kafka)) {
      topic.check();
    }
    try (Resender resender = Resender.open(kafka)) {
      LetterReader.forEach(
          kafka,
          letter -> {
            if (filter.picks(letter)) {
              resender.send(letter.toSource());
            }
          });
      resender.await(filter.picked());
    }
  }
}
