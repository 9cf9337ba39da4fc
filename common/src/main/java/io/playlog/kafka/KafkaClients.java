package io.playlog.kafka;

import io.playlog.config.KafkaSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Clients with the settings of section {@code kafka}; keys and values are bytes. */
public final class KafkaClients {
  /** What Spark says of a poll in vain. */
  private static final String SPARKS_TIMEOUT = "Cannot fetch record for offset";

  private static final Predicate<String> WHOLE_NUMBER =
      Pattern.compile("[0-9]{1,18}").asMatchPredicate();

  private KafkaClients() {}

  /** What every client is given: {@code kafka.properties} and the brokers. */
  private static Map<String, Object> properties(KafkaSettings settings) {
    Map<String, Object> properties = new HashMap<>(settings.properties());
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    return properties;
  }

  /** The same and time-outs, of a client that asks and reads. */
  private static Map<String, Object> readingProperties(KafkaSettings settings) {
    return readingProperties(settings, ClientTimeouts.REQUEST, ClientTimeouts.QUESTION);
  }

  private static Map<String, Object> readingProperties(
      KafkaSettings settings, Duration request, Duration question) {
    Map<String, Object> properties =
        ClientTimeouts.beside(settings.properties(), request, question);
    properties.putAll(properties(settings));
    return properties;
  }

  /**
   * What a client that reads is shown: with {@code read_committed} in {@code kafka.properties}
   * nothing of a transaction that was aborted, or is open.
   */
  static IsolationLevel isolationLevel(KafkaSettings settings) {
    String level =
        settings
            .properties()
            .getOrDefault(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
    return IsolationLevel.valueOf(level.toUpperCase(Locale.ROOT));
  }

  /** Of a client that reads, in the form that Spark's Kafka source takes. */
  public static Map<String, String> sparkOptions(KafkaSettings settings) {
    Map<String, String> options = new HashMap<>();
    readingProperties(settings, ClientTimeouts.SOURCE_REQUEST, ClientTimeouts.QUESTION)
        .forEach((key, value) -> options.put("kafka." + key, value.toString()));
    return options;
  }

  /**
   * @param timeout after which a broker that does not answer is reported, if it is shorter than
   *     {@link ClientTimeouts#QUESTION} and {@code kafka.properties} has none
   * @throws PlaylogException if the client refuses the settings, as do all of these
   */
  public static Admin admin(KafkaSettings settings, Duration timeout) {
    return open(settings, () -> Admin.create(adminProperties(settings, timeout)));
  }

  static Map<String, Object> adminProperties(KafkaSettings settings, Duration timeout) {
    Duration question =
        timeout.compareTo(ClientTimeouts.QUESTION) < 0 ? timeout : ClientTimeouts.QUESTION;
    return readingProperties(settings, ClientTimeouts.REQUEST, question);
  }

  /** A producer whose acknowledged messages are stored, once and in order. */
  public static Producer<byte[], byte[]> producer(KafkaSettings settings, String compression) {
    return producer(settings, producerProperties(settings, compression));
  }

  /**
   * The same for messages that others have made, of any size: a producer refuses one that does not
   * fit its buffer, or is larger than its requests may be, for good. The buffer is not allocated
   * beforehand, and what does not fit a quarter of the heap has not come so far.
   */
  public static Producer<byte[], byte[]> producerOfAnySize(
      KafkaSettings settings, String compression) {
    return producer(settings, anySizeProperties(settings, compression));
  }

  static Map<String, Object> anySizeProperties(KafkaSettings settings, String compression) {
    Map<String, Object> properties = producerProperties(settings, compression);
    long quarter = Runtime.getRuntime().maxMemory() / 4;
    // What is no number stays: the client says so.
    properties.compute(
        ProducerConfig.BUFFER_MEMORY_CONFIG,
        (key, set) -> WHOLE_NUMBER.test(set.toString()) ? atLeast(quarter, set.toString()) : set);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.MAX_VALUE);
    return properties;
  }

  /**
   * The same for somebody who waits for the acknowledgement, whatever {@code kafka.properties} say.
   *
   * @param timeout after which what is not acknowledged has failed. Handing a message over waits
   *     for half of it at most, if the brokers are not known or have not taken enough of the others
   */
  public static Producer<byte[], byte[]> producerWithin(
      KafkaSettings settings, String compression, Duration timeout) {
    return producer(settings, boundedProperties(settings, compression, timeout));
  }

  static Map<String, Object> boundedProperties(
      KafkaSettings settings, String compression, Duration timeout) {
    Map<String, Object> properties = producerProperties(settings, compression);
    int milliseconds = Math.toIntExact(timeout.toMillis());
    // Nobody waits for a batch to fill up; those that come at once still share one.
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, milliseconds);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, milliseconds / 2);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, milliseconds / 2);
    return properties;
  }

  private static long atLeast(long bytes, String number) {
    return Math.max(bytes, Long.parseLong(number));
  }

  private static Producer<byte[], byte[]> producer(
      KafkaSettings settings, Map<String, Object> properties) {
    return open(
        settings,
        () ->
            new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /** A consumer that belongs to no group and commits nothing. */
  public static Consumer<byte[], byte[]> consumer(KafkaSettings settings) {
    return consumer(settings, readingProperties(settings));
  }

  /** The same that is sent one batch of messages at a time, however large it is, and gives it. */
  public static Consumer<byte[], byte[]> consumerOfOneBatch(KafkaSettings settings) {
    Map<String, Object> properties = readingProperties(settings);
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.MAX_VALUE);
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 1);
    return consumer(settings, properties);
  }

  private static Consumer<byte[], byte[]> consumer(
      KafkaSettings settings, Map<String, Object> properties) {
    properties.put("enable.auto.commit", false);
    // What is read may leave the topic by retention meanwhile.
    properties.put("auto.offset.reset", "earliest");
    return open(
        settings,
        () ->
            new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  static Map<String, Object> producerProperties(KafkaSettings settings, String compression) {
    Map<String, Object> properties = new HashMap<>();
    // Tuning, which kafka.properties may change: batches fill up at full speed, and a single
    // message still leaves at once to the eye.
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L * 1024 * 1024);
    properties.put(
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        Math.toIntExact(ClientTimeouts.PRODUCER_REQUEST.toMillis()));
    // How large a message may be is the topic's to say.
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.MAX_VALUE);
    properties.putAll(properties(settings));
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
    // Not to be changed: what is counted as acknowledged is stored, once and in order.
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    return properties;
  }

  /** Whether a client, or Spark's use of one, gave up waiting for brokers. */
  public static boolean hasTimedOut(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(
            cause ->
                cause instanceof TimeoutException
                    || String.valueOf(cause.getMessage()).startsWith(SPARKS_TIMEOUT));
  }

  /** What a failure of this kind means to those who do not know the settings. */
  public static Optional<PlaylogException> timedOut(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(TimeoutException.class::isInstance)
        .map(
            cause ->
                new PlaylogException(
                    ErrorCode.KAFKA_UNREACHABLE,
                    "Kafka does not answer in time: %s. Check that its brokers run (playlog.kafka.bootstrap-servers), then run this again."
                        .formatted(cause.getMessage()),
                    failure))
        .findFirst();
  }

  /**
   * Whether brokers do not know the topic or partition that a client, or Spark's use of one, reads.
   */
  public static boolean hasNoTopic(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(UnknownTopicOrPartitionException.class::isInstance);
  }

  /** Says which brokers cannot be reached, and why. */
  public static PlaylogException unreachable(KafkaSettings settings, Throwable cause) {
    String waitedFor =
        PlaylogException.in(cause).map(known -> ". " + known.getMessage()).orElse("");
    return new PlaylogException(
        ErrorCode.KAFKA_UNREACHABLE, BrokerProbe.explain(settings) + waitedFor, cause);
  }

  private static <T> T open(KafkaSettings settings, Supplier<T> client) {
    settings.requireStores();
    try {
      return client.get();
    } catch (KafkaException e) {
      String reason = reason(e);
      if (reason.startsWith("No resolvable bootstrap urls")) {
        throw unreachable(settings, e);
      }
      throw new PlaylogException(
          ErrorCode.KAFKA_REFUSED,
          "Kafka's client refuses the settings under playlog.kafka: " + reason,
          e);
    }
  }

  /** The innermost: those around it say that no client could be made. */
  private static String reason(KafkaException failure) {
    return Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
        .map(Throwable::getMessage)
        .filter(Objects::nonNull)
        .reduce((outer, inner) -> inner)
        .orElse(failure.toString());
  }
}
