package io.playlog.jobs.deadletters;

import io.playlog.cli.InstantConverter;
import io.playlog.cli.Program;
import io.playlog.cli.TimeRange;
import io.playlog.config.KafkaSettings;
import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.context.JobContext;
import io.playlog.kafka.KafkaClients;
import io.playlog.kafka.SkippedRanges;
import io.playlog.kafka.Topic;
import io.playlog.listen.RejectReason;
import io.playlog.store.Forgotten;
import io.playlog.store.ForgottenListens;
import io.playlog.store.SkippedOffsets;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** For the day when the validation was what was wrong. */
@Command(
    name = "replay-dead-letters",
    mixinStandardHelpOptions = true,
    description = {
      "Sends dead letters of one reason to the source topic again: value, key and headers as they"
          + " came, and a header playlog.replayed-from that names their first topic/partition/offset.",
      "Each message is sent once, however many dead letters it has. A message that is still invalid"
          + " becomes a dead letter again; listens overwrite themselves, and those of a listener who"
          + " was forgotten since are left out."
    })
public final class ReplayDeadLettersCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ParentCommand private Program program;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      required = true,
      converter = ReasonConverter.class,
      description = "Code in the header playlog.reason, such as timestamp-in-the-future.")
  private RejectReason reason;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = InstantConverter.class,
      description =
          "Only messages with this record timestamp in the source topic or a later one, such as"
              + " 2026-11-22T13:00Z.")
  private Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = InstantConverter.class,
      description = "Only messages with a record timestamp before this one.")
  private Instant to;

  @Option(names = "--dry-run", description = "Only count; send nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    TimeRange time = TimeRange.check(spec, from, to);
    PlaylogConfig config = program.loadConfig();
    KafkaSettings kafka = config.kafka();
    Left out = leftOut(config);
    if (dryRun) {
      print(replay(kafka, time, out, null), "would replay");
    } else {
      try (Topic topic = Topic.ofListens(kafka)) {
        topic.check();
        topic.permissions().requireWrite();
      }
      try (Producer<byte[], byte[]> producer = KafkaClients.producerOfAnySize(kafka, "lz4")) {
        print(replay(kafka, time, out, producer), "replayed");
      }
    }
    return 0;
  }

  /** What is not replayed. */
  private record Left(ForgottenListens forgotten, SkippedRanges skipped) {}

  private static Left leftOut(PlaylogConfig config) {
    String topic = config.kafka().topic();
    try (Topic deadLetters = Topic.ofDeadLetters(config.kafka());
        JobContext job = JobContext.open("replay-dead-letters", config)) {
      deadLetters.permissions().requireRead();
      return new Left(
          ForgottenListens.of("", new Forgotten(job.session(), topic).read()),
          new SkippedOffsets(job.session(), deadLetters.name(), deadLetters.id()).read());
    }
  }

  private DeadLetterReplay replay(
      KafkaSettings kafka, TimeRange time, Left out, Producer<byte[], byte[]> producer) {
    DeadLetterReplay replay =
        new DeadLetterReplay(kafka.topic(), reason, time, out.forgotten(), producer);
    DeadLetterReader.forEach(kafka, time.from(), out.skipped(), replay::take);
    replay.await();
    return replay;
  }

  private void print(DeadLetterReplay replay, String done) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s %d (of %d dead letters with reason %s)%n",
        done, replay.picked(), replay.withReason(), reason.code());
    if (replay.leftOut() > 0) {
      out.printf("left out %d messages whose listeners are forgotten%n", replay.leftOut());
    }
    if (replay.foreign() > 0) {
      out.printf("left alone %d messages that are no dead letters of Playlog%n", replay.foreign());
    }
    out.flush();
  }

  /** A reason by the code that stands in a dead letter's header. */
  static final class ReasonConverter implements ITypeConverter<RejectReason> {
    @Override
    public RejectReason convert(String text) {
      return Arrays.stream(RejectReason.values())
          .filter(reason -> reason.code().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "found '%s', expected one of %s"
                          .formatted(
                              text,
                              Arrays.stream(RejectReason.values())
                                  .map(RejectReason::code)
                                  .collect(Collectors.joining(", ")))));
    }
  }
}
