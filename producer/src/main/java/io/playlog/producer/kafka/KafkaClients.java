package io.playlog.producer.kafka;

import io.playlog.config.KafkaSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Clients with the settings of section {@code kafka}. */
public final class KafkaClients {
  private KafkaClients() {}

  /**
   * @throws KafkaNotReadyException if the settings are refused by the client
   */
  public static Producer<byte[], byte[]> producer(KafkaSettings settings, String compression) {
    try {
      return new KafkaProducer<>(
          producerProperties(settings, compression),
          new ByteArraySerializer(),
          new ByteArraySerializer());
    } catch (KafkaException e) {
      throw refused(e);
    }
  }

  static Map<String, Object> producerProperties(KafkaSettings settings, String compression) {
    Map<String, Object> properties = new HashMap<>();
    // Tuning, which kafka.properties may change: batches fill up at full speed, and a listen of a
    // live run still leaves at once to the eye.
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L * 1024 * 1024);
    properties.putAll(settings.properties());
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
    // Not to be changed: what is counted as acknowledged is stored, once and in order.
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    return properties;
  }

  static Admin admin(KafkaSettings settings) {
    Map<String, Object> properties = new HashMap<>(settings.properties());
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    try {
      return Admin.create(properties);
    } catch (KafkaException e) {
      throw refused(e);
    }
  }

  private static KafkaNotReadyException refused(KafkaException e) {
    String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    return new KafkaNotReadyException(
        "Kafka's client refuses the settings under playlog.kafka: " + reason, e);
  }
}
