package io.playlog.kafka;

import io.playlog.config.KafkaSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** One topic, as its brokers know it. */
public final class Topic implements AutoCloseable {
  /** The settings that matter to Playlog. */
  public static final List<String> SHOWN_SETTINGS =
      List.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
          TopicConfig.RETENTION_MS_CONFIG,
          TopicConfig.MAX_MESSAGE_BYTES_CONFIG);

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Admin admin;
  private final Answers answers;
  private final ListOffsetsOptions reading;
  private final String bootstrapServers;
  private final String name;

  /** As they came with the answer: other brokers may not know a new topic yet. */
  private Map<String, String> created;

  private Topic(KafkaSettings settings, String name, Duration timeout) {
    this.admin = KafkaClients.admin(settings, timeout);
    this.answers = new Answers(settings, name, timeout);
    this.reading = new ListOffsetsOptions(KafkaClients.isolationLevel(settings));
    this.bootstrapServers = settings.bootstrapServers();
    this.name = name;
  }

  /** The topic of the listens. */
  public static Topic ofListens(KafkaSettings settings) {
    return ofListens(settings, TIMEOUT);
  }

  /**
   * The same for programs that somebody waits for.
   *
   * @param timeout for the answer to each question
   */
  public static Topic ofListens(KafkaSettings settings, Duration timeout) {
    return new Topic(settings, settings.topic(), timeout);
  }

  /** The topic of the dead letters. */
  public static Topic ofDeadLetters(KafkaSettings settings) {
    return ofDeadLetters(settings, TIMEOUT);
  }

  /**
   * The same for programs that somebody waits for.
   *
   * @param timeout for the answer to each question
   */
  public static Topic ofDeadLetters(KafkaSettings settings, Duration timeout) {
    return new Topic(settings, settings.deadLetterTopic(), timeout);
  }

  public String name() {
    return name;
  }

  /** The topic's id: a topic that was re-created has another. */
  public String id() {
    return describe().topicId().toString();
  }

  /**
   * Where reading ends, per partition: the offset of the next message to be written, or with {@code
   * isolation.level = read_committed} that of the first message of a transaction that is open.
   */
  public Offsets endOffsets() {
    return offsets(OffsetSpec.latest(), reading);
  }

  /** Offset of the next message to be written, per partition, whatever the isolation level is. */
  public Offsets writtenOffsets() {
    return offsets(OffsetSpec.latest(), new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED));
  }

  /**
   * Commits offsets of this topic to a consumer group without members.
   *
   * @return completes when the brokers have them, or with what they said
   */
  public CompletionStage<Void> commit(String group, Offsets offsets) {
    Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    offsets.forEach(
        (partition, offset) ->
            committed.put(new TopicPartition(name, partition), new OffsetAndMetadata(offset)));
    return admin.alterConsumerGroupOffsets(group, committed).all().toCompletionStage();
  }

  /** Offset of the oldest message that is still there, per partition. */
  public Offsets firstOffsets() {
    return offsets(OffsetSpec.earliest(), reading);
  }

  /**
   * The first message with a record timestamp at or after an instant, per partition; absent where
   * there is none.
   */
  public Map<Integer, TimedOffset> firstSince(Instant instant) {
    // Negative numbers have other meanings there.
    OffsetSpec spec = OffsetSpec.forTimestamp(Math.max(0, instant.toEpochMilli()));
    Map<Integer, TimedOffset> found = new TreeMap<>();
    ask(spec, reading)
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
   * Where the messages end that came before an instant, per partition.
   *
   * @param ends of the topic, of which it is no more than a part
   */
  public Offsets olderThan(Instant instant, Offsets ends) {
    Map<Integer, Long> older = ends.asMap();
    firstSince(instant)
        .forEach(
            (partition, newer) ->
                older.computeIfPresent(partition, (same, end) -> Math.min(end, newer.offset())));
    return Offsets.of(older);
  }

  /**
   * A message of a partition.
   *
   * @param time its record timestamp
   */
  public record TimedOffset(long offset, Instant time) {}

  /**
   * @throws PlaylogException if the topic is missing, or compacted: keyed by name, compaction
   *     deletes listens
   */
  public void check() {
    String policy = setting(TopicConfig.CLEANUP_POLICY_CONFIG);
    if (policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      throw new PlaylogException(
          ErrorCode.TOPIC_COMPACTED,
          "Topic %s at %s has cleanup.policy=%s, expected delete: compaction keeps one message per key, that is per listener. Alter the topic, or configure another one."
              .formatted(name, bootstrapServers, policy));
    }
  }

  /** What the client may do with this topic. */
  public Permissions permissions() {
    return new Permissions(admin, answers, name);
  }

  /** Whether messages are in the order of their record timestamps, since the broker sets them. */
  public boolean isStampedByBroker() {
    return setting(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).equals("LogAppendTime");
  }

  /** How large a batch of messages may be. */
  public int maxMessageBytes() {
    return Integer.parseInt(setting(TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
  }

  /** How long messages stay; empty if it is for ever. */
  public Optional<Retention> retention() {
    return Retention.of(settings());
  }

  /** The values of {@link #SHOWN_SETTINGS}, as {@code name=value}. */
  public List<String> shownSettings() {
    Map<String, String> found = settings();
    return SHOWN_SETTINGS.stream().map(setting -> setting + "=" + found.get(setting)).toList();
  }

  /**
   * Creates the topic, with times of messages by the brokers' clocks: by producers' timestamps
   * Kafka would delete back-dated listens before they are read.
   *
   * @param more settings of the topic
   * @return false if it exists, which is left as it is
   */
  public boolean create(KafkaSettings settings, Duration retention, Map<String, String> more) {
    if (exists()) {
      return false;
    }
    Map<String, String> configs = new HashMap<>(more);
    configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    configs.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
    configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    NewTopic topic =
        new NewTopic(name, settings.partitions(), settings.replicationFactor()).configs(configs);
    CreateTopicsResult result = admin.createTopics(List.of(topic));
    if (!answers.unless(TopicExistsException.class, AclOperation.CREATE, result.all())) {
      return false;
    }
    created = values(answers.get(AclOperation.DESCRIBE_CONFIGS, result.config(name)));
    return true;
  }

  private boolean exists() {
    return answers.unless(
        UnknownTopicOrPartitionException.class,
        AclOperation.DESCRIBE,
        admin.describeTopics(List.of(name)).allTopicNames());
  }

  private String setting(String setting) {
    return settings().get(setting);
  }

  private Map<String, String> settings() {
    if (created != null) {
      return created;
    }
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    return values(
        answers.ask(
            AclOperation.DESCRIBE_CONFIGS,
            () -> admin.describeConfigs(List.of(resource)).values().get(resource)));
  }

  private static Map<String, String> values(Config settings) {
    Map<String, String> values = new HashMap<>();
    settings.entries().forEach(entry -> values.put(entry.name(), entry.value()));
    return values;
  }

  private TopicDescription describe() {
    return answers.ask(
        AclOperation.DESCRIBE,
        () -> admin.describeTopics(List.of(name)).topicNameValues().get(name));
  }

  private Offsets offsets(OffsetSpec spec, ListOffsetsOptions options) {
    Map<Integer, Long> offsets = new TreeMap<>();
    ask(spec, options).forEach((partition, answer) -> offsets.put(partition, answer.offset()));
    return Offsets.of(offsets);
  }

  private Map<Integer, ListOffsetsResultInfo> ask(OffsetSpec spec, ListOffsetsOptions options) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    describe()
        .partitions()
        .forEach(partition -> asked.put(new TopicPartition(name, partition.partition()), spec));
    Map<Integer, ListOffsetsResultInfo> found = new TreeMap<>();
    answers
        .ask(AclOperation.DESCRIBE, () -> admin.listOffsets(asked, options).all())
        .forEach((partition, answer) -> found.put(partition.partition(), answer));
    return found;
  }

  @Override
  public void close() {
    // Not waiting for answers that nobody will read: a broker that is down would hold it up.
    admin.close(Duration.ofSeconds(1));
  }
}
