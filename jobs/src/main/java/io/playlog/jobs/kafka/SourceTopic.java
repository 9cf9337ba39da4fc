package io.playlog.jobs.kafka;

import static org.apache.kafka.clients.CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;

import io.playlog.config.KafkaSettings;
import io.playlog.jobs.ExitCode;
import io.playlog.jobs.JobException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What the broker says of a topic. */
public final class SourceTopic implements AutoCloseable {
  private final Admin admin;
  private final String bootstrapServers;
  private final String topic;

  public SourceTopic(KafkaSettings settings) {
    this(settings, settings.topic());
  }

  public SourceTopic(KafkaSettings settings, String topic) {
    Map<String, Object> properties = new HashMap<>(settings.properties());
    properties.put(BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    this.admin = Admin.create(properties);
    this.bootstrapServers = settings.bootstrapServers();
    this.topic = topic;
  }

  /** The topic's id: a topic that was deleted and made again has another. */
  public String id() {
    return describe().topicId().toString();
  }

  /**
   * @throws JobException if the topic is not the one with this id any more
   */
  public void requireId(String expected) {
    String found = id();
    if (!found.equals(expected)) {
      throw new JobException(
          ExitCode.NOT_SET_UP,
          "The topic %s was deleted and made again while the stream ran (its id was %s and is %s). Nothing of the new one is stored. Start the stream again: it says what to do."
              .formatted(topic, expected, found));
    }
  }

  /** Offset of the next message to be written, per partition. */
  public Map<Integer, Long> endOffsets() {
    return offsets(OffsetSpec.latest());
  }

  /** Offset of the oldest message that is still there, per partition. */
  public Map<Integer, Long> firstOffsets() {
    return offsets(OffsetSpec.earliest());
  }

  /**
   * The first message at or after an instant of Kafka time, per partition; absent where there is
   * none.
   */
  public Map<Integer, TimedOffset> firstSince(Instant instant) {
    // Negative numbers have other meanings there.
    OffsetSpec spec = OffsetSpec.forTimestamp(Math.max(0, instant.toEpochMilli()));
    Map<Integer, TimedOffset> found = new TreeMap<>();
    ask(spec)
        .forEach(
            (partition, answer) -> {
              if (answer.offset() >= 0) {
                found.put(
                    partition,
                    new TimedOffset(answer.offset(), Instant.ofEpochMilli(answer.timestamp())));
              }
            });
    return found;
  }

  /**
   * A message of a partition.
   *
   * @param time Kafka's
   */
  public record TimedOffset(long offset, Instant time) {}

  /**
   * @throws JobException if the topic is missing, or compacted: keyed by name, compaction deletes
   *     listens
   */
  public void check() {
    describe();
    String policy = setting(TopicConfig.CLEANUP_POLICY_CONFIG);
    if (policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      throw new JobException(
          ExitCode.NOT_SET_UP,
          "Topic %s at %s has cleanup.policy=%s, expected delete: compaction would delete listens. Alter the topic."
              .formatted(topic, bootstrapServers, policy));
    }
  }

  /** Whether messages are in the order of their timestamps, since the broker sets them. */
  public boolean isStampedByBroker() {
    return setting(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).equals("LogAppendTime");
  }

  /** How large a batch of messages may be. */
  public long maxMessageBytes() {
    return Long.parseLong(setting(TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
  }

  private String setting(String name) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return get(admin.describeConfigs(List.of(resource)).values().get(resource)).get(name).value();
  }

  private TopicDescription describe() {
    return get(admin.describeTopics(List.of(topic)).topicNameValues().get(topic));
  }

  private Map<Integer, Long> offsets(OffsetSpec spec) {
    Map<Integer, Long> offsets = new TreeMap<>();
    ask(spec).forEach((partition, answer) -> offsets.put(partition, answer.offset()));
    return offsets;
  }

  private Map<Integer, ListOffsetsResultInfo> ask(OffsetSpec spec) {
    Map<TopicPartition, OffsetSpec> asked =
        describe().partitions().stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .collect(Collectors.toMap(Function.identity(), partition -> spec));
    Map<Integer, ListOffsetsResultInfo> answers = new TreeMap<>();
    get(admin.listOffsets(asked).all())
        .forEach((partition, answer) -> answers.put(partition.partition(), answer));
    return answers;
  }

  private <T> T get(KafkaFuture<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw new JobException(
            ExitCode.NOT_SET_UP,
            "Kafka at %s has no topic %s: create it with scripts/run-producer.sh create-topics"
                .formatted(bootstrapServers, topic));
      }
      throw new JobException(
          ExitCode.FAILED,
          "Kafka at %s did not answer about topic %s: %s"
              .formatted(bootstrapServers, topic, e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking Kafka", e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
