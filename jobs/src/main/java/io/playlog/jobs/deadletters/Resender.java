package io.playlog.jobs.deadletters;

import io.playlog.config.KafkaSettings;
import io.playlog.jobs.ExitCode;
import io.playlog.jobs.JobException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends messages and counts those that are acknowledged. */
final class Resender implements AutoCloseable {
  private final Producer<byte[], byte[]> producer;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  Resender(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  static Resender open(KafkaSettings settings) {
    Map<String, Object> properties = new HashMap<>(settings.properties());
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    // What the topic takes is the topic's to say.
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.MAX_VALUE);
    return new Resender(
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  void send(ProducerRecord<byte[], byte[]> message) {
    producer.send(
        message,
        (metadata, error) -> {
          if (error == null) {
            acknowledged.incrementAndGet();
          } else {
            failure.compareAndSet(null, error);
          }
        });
  }

  /**
   * Returns when all are acknowledged.
   *
   * @param sent how many there are
   * @throws JobException if one is not
   */
  void await(long sent) {
    producer.flush();
    if (acknowledged.get() != sent) {
      throw new JobException(
          ExitCode.FAILED,
          "%d of %d dead letters were not acknowledged by the source topic, the first because of: %s. To replay all of them once more does no harm."
              .formatted(sent - acknowledged.get(), sent, failure.get()));
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
