package io.playlog.producer.kafka;

import io.playlog.config.KafkaSettings;
import io.playlog.config.PlaylogConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Creates the topics of the listens and of the dead letters. */
@Command(
    name = "create-topics",
    mixinStandardHelpOptions = true,
    description = {
      "Creates the topics of the listens and of the dead letters as section kafka says.",
      "Topics that exist are left as they are."
    })
public final class CreateTopicsCommand implements Callable<Integer> {
  private static final List<String> SHOWN =
      List.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
          TopicConfig.RETENTION_MS_CONFIG,
          TopicConfig.MAX_MESSAGE_BYTES_CONFIG);

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "F",
      description = "Configuration file (default: conf/application.conf).")
  private Path config;

  @Override
  public Integer call() {
    KafkaSettings settings = PlaylogConfig.load(config).kafka();
    try (Topics topics = new Topics(settings)) {
      Config listens = create(topics, TopicDefinitions.listens(settings));
      create(topics, TopicDefinitions.deadLetters(settings, maxMessageBytes(listens)));
    }
    return 0;
  }

  private Config create(Topics topics, NewTopic topic) {
    Optional<Config> created =
        topics.exists(topic.name()) ? Optional.empty() : topics.create(topic);
    Config configuration = created.orElseGet(() -> topics.configuration(topic.name()));
    CompactedTopic.refuse(topic.name(), configuration);
    spec.commandLine()
        .getOut()
        .printf(
            "topic %s %s: %s%n",
            topic.name(),
            created.isPresent() ? "created" : "exists and is left as it is",
            describe(configuration));
    return configuration;
  }

  private static int maxMessageBytes(Config topic) {
    return Integer.parseInt(topic.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
  }

  private static String describe(Config topic) {
    return SHOWN.stream()
        .map(key -> key + "=" + topic.get(key).value())
        .collect(Collectors.joining(", "));
  }
}
