package io.playlog.jobs.unreadable;

import io.playlog.cli.Program;
import io.playlog.config.KafkaSettings;
import io.playlog.config.PlaylogConfig;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.jobs.context.JobContext;
import io.playlog.jobs.deadletters.DeadLetterWriter;
import io.playlog.jobs.unreadable.Attempt.Failed;
import io.playlog.kafka.OffsetRange;
import io.playlog.kafka.Offsets;
import io.playlog.kafka.Topic;
import io.playlog.store.SkippedOffsets;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** For the day when a broker's disk has damaged messages, and no replica has them whole. */
@Command(
    name = "skip-unreadable",
    mixinStandardHelpOptions = true,
    description = {
      "Moves past messages that cannot be read, from when a program starts anew: the stream, the audit"
          + " and the replay of dead letters. Finds out by reading which messages are damaged together"
          + " with the one that is named, writes a dead letter with the reason unreadable about them,"
          + " and remembers them. Nothing that can be read is skipped. To run it again does no harm."
    })
public final class SkipUnreadableCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ParentCommand private Program program;

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description = "The topic of the listens (default) or that of the dead letters.")
  private String topicName;

  @Option(
      names = "--partition",
      paramLabel = "N",
      required = true,
      description = "Partition of the message, as the error PL-713 names it.")
  private int partition;

  @Option(
      names = "--offset",
      paramLabel = "N",
      required = true,
      description = "Offset of the message, as the error PL-713 names it.")
  private long offset;

  @Option(names = "--dry-run", description = "Only say what would be skipped.")
  private boolean dryRun;

  @Override
  public Integer call() {
    PlaylogConfig config = program.loadConfig();
    KafkaSettings kafka = config.kafka();
    try (JobContext job = JobContext.open("skip-unreadable", config);
        Topic topic = topic(kafka)) {
      topic.permissions().requireRead();
      run(job, kafka, topic);
    }
    return 0;
  }

  private Topic topic(KafkaSettings kafka) {
    if (topicName == null || topicName.equals(kafka.topic())) {
      return Topic.ofListens(kafka);
    }
    if (topicName.equals(kafka.deadLetterTopic())) {
      return Topic.ofDeadLetters(kafka);
    }
    throw new ParameterException(
        spec.commandLine(),
        "--topic: found '%s', expected %s or %s"
            .formatted(topicName, kafka.topic(), kafka.deadLetterTopic()));
  }

  private void run(JobContext job, KafkaSettings kafka, Topic topic) {
    SkippedOffsets skipped = new SkippedOffsets(job.session(), topic.name(), topic.id());
    Optional<OffsetRange> known =
        skipped.read().of(partition).stream().filter(range -> range.contains(offset)).findFirst();
    if (known.isPresent()) {
      print("already skipped", topic, known.get());
      return;
    }
    OffsetRange all = offsets(topic);
    PartitionReader reader =
        new PartitionReader(kafka, new TopicPartition(topic.name(), partition), all.end());
    Failed failed = failure(topic, reader.from(offset));
    OffsetRange range = new UnreadableRange(reader, all).around(offset, failed);
    if (!dryRun) {
      // The dead letter first: the mark says that it is written. After a crash in between the
      // next run writes it once more.
      DeadLetterWriter deadLetters = new DeadLetterWriter(kafka);
      deadLetters.sendUnreadable(topic.name(), partition, range);
      deadLetters.await();
      skipped.add(partition, range, failed.error());
    }
    print(dryRun ? "would skip" : "skipped", topic, range);
    spec.commandLine().getOut().println("because of: " + failed.error());
    spec.commandLine().getOut().flush();
  }

  /** Of the partition, from the oldest message to behind the newest. */
  private OffsetRange offsets(Topic topic) {
    Offsets first = topic.firstOffsets();
    Offsets end = topic.endOffsets();
    if (!end.has(partition)) {
      throw new PlaylogException(
          ErrorCode.NO_SUCH_MESSAGE,
          "Topic %s has no partition %d: found %s. Name the one of the message."
              .formatted(topic.name(), partition, end.partitions()));
    }
    OffsetRange all = new OffsetRange(first.of(partition), end.of(partition));
    if (!all.contains(offset)) {
      throw new PlaylogException(
          ErrorCode.NO_SUCH_MESSAGE,
          "Partition %d of topic %s has no message with the offset %d: its messages begin at %d and end before %d. Nothing was skipped."
              .formatted(partition, topic.name(), offset, all.start(), all.end()));
    }
    return all;
  }

  private Failed failure(Topic topic, Attempt attempt) {
    if (attempt instanceof Failed failed) {
      return failed;
    }
    String found =
        attempt instanceof Attempt.Found message
            ? "it can be read"
                + (message.first() == offset ? "" : ", the next message being " + message.first())
            : "no message is there, nor behind it";
    throw new PlaylogException(
        ErrorCode.MESSAGE_READABLE,
        "Offset %d of partition %d of topic %s needs not be skipped: %s. Nothing was skipped. Start the stream: if it still cannot read a message, it names that."
            .formatted(offset, partition, topic.name(), found));
  }

  private void print(String what, Topic topic, OffsetRange range) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s %s/%d/%d to %d: offsets %d%n",
        what, topic.name(), partition, range.start(), range.end() - 1, range.size());
    out.flush();
  }
}
