package io.playlog.kafka;

import io.playlog.config.KafkaSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Clients with the settings of section {@code kafka}; keys and values are bytes. */
public final class KafkaClients {
  private KafkaClients() {}

  /** What every client is given: {@code kafka.properties} and the brokers. */
  public static Map<String, Object> properties(KafkaSettings settings) {
    Map<String, Object> properties = new HashMap<>(settings.properties());
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    return properties;
  }

  /** The same in the form that Spark's Kafka source takes. */
  public static Map<String, String> sparkOptions(KafkaSettings settings) {
    Map<String, String> options = new HashMap<>();
    properties(settings).forEach((key, value) -> options.put("kafka." + key, value.toString()));
    return options;
  }

  /**
   * @param timeout after which a broker that does not answer is reported, unless {@code
   *     kafka.properties} has one
   * @throws PlaylogException if the client refuses the settings, as do all of these
   */
  public static Admin admin(KafkaSettings settings, Duration timeout) {
    return open(() -> Admin.create(adminProperties(settings, timeout)));
  }

  static Map<String, Object> adminProperties(KafkaSettings settings, Duration timeout) {
    Map<String, Object> properties = properties(settings);
    // The one must not be longer than the other, so both are ours or the operator's.
    if (!properties.containsKey(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG)
        && !properties.containsKey(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG)) {
      int milliseconds = Math.toIntExact(timeout.toMillis());
      properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, milliseconds);
      properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, Math.min(milliseconds, 10_000));
    }
    return properties;
  }

  /** A producer whose acknowledged messages are stored, once and in order. */
  public static Producer<byte[], byte[]> producer(KafkaSettings settings, String compression) {
    return open(
        () ->
            new KafkaProducer<>(
                producerProperties(settings, compression),
                new ByteArraySerializer(),
                new ByteArraySerializer()));
  }

  /** A consumer that belongs to no group and commits nothing. */
  public static Consumer<byte[], byte[]> consumer(KafkaSettings settings) {
    Map<String, Object> properties = properties(settings);
    properties.put("enable.auto.commit", false);
    // What is read may leave the topic by retention meanwhile.
    properties.put("auto.offset.reset", "earliest");
    return open(
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
    // How large a message may be is the topic's to say.
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.MAX_VALUE);
    properties.putAll(properties(settings));
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
    // Not to be changed: what is counted as acknowledged is stored, once and in order.
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    return properties;
  }

  private static <T> T open(Supplier<T> client) {
    try {
      return client.get();
    } catch (KafkaException e) {
      String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
      throw new PlaylogException(
          ErrorCode.KAFKA_REFUSED,
          "Kafka's client refuses the settings under playlog.kafka: " + reason,
          e);
    }
  }
}
