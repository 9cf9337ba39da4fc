package io.playlog.producer;

import io.playlog.cli.Program;
import io.playlog.config.KafkaSettings;
import io.playlog.kafka.Topic;
import io.playlog.producer.run.ProducerRun;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.config.TopicConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Creates the topics of the listens and of the dead letters. */
@Command(
    name = "create-topics",
    mixinStandardHelpOptions = true,
    description = {
      "Creates the topics of the listens and of the dead letters as section kafka says.",
      "Topics that exist are left as they are."
    })
final class CreateTopicsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ParentCommand private Program program;

  @Override
  public Integer call() {
    KafkaSettings settings = program.readConfig().kafka();
    try (Topic listens = Topic.ofListens(settings, ProducerRun.KAFKA_TIMEOUT);
        Topic deadLetters = Topic.ofDeadLetters(settings, ProducerRun.KAFKA_TIMEOUT)) {
      create(listens, settings, settings.retention(), Map.of());
      create(
          deadLetters,
          settings,
          settings.deadLetterRetention(),
          Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, roomFor(listens.maxMessageBytes())));
    }
    return 0;
  }

  /**
   * A dead letter is its message and some headers, so twice as much always has room.
   *
   * @param maxMessageBytes of the topic of the listens
   */
  static String roomFor(int maxMessageBytes) {
    return Long.toString(Math.min(2L * maxMessageBytes, Integer.MAX_VALUE));
  }

  private void create(
      Topic topic, KafkaSettings settings, Duration retention, Map<String, String> more) {
    boolean created = topic.create(settings, retention, more);
    topic.check();
    spec.commandLine()
        .getOut()
        .printf(
            "topic %s %s: %s%n",
            topic.name(),
            created ? "created" : "exists and is left as it is",
            String.join(", ", topic.shownSettings()))
        .flush();
  }
}
