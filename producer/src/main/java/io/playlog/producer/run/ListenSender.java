package io.playlog.producer.run;

import java.time.Duration;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands listens to Kafka's client, which holds a bounded number of them, and waits for all. */
public final class ListenSender {
  static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(ListenSender.class);

  private final Producer<byte[], byte[]> kafka;
  private final String topic;
  private final Deliveries deliveries;
  private final StopSignal stop;

  /** Closes the producer at the end of {@link #during}. */
  public ListenSender(
      Producer<byte[], byte[]> kafka, String topic, Deliveries deliveries, StopSignal stop) {
    this.kafka = kafka;
    this.topic = topic;
    this.deliveries = deliveries;
    this.stop = stop;
  }

  /**
   * Returns when every listen that the work has sent is acknowledged or has failed. The work is
   * broken off when it is stopped, or when Kafka's client gives up.
   */
  public void during(Runnable work) {
    try {
      work.run();
      if (!stop.requested()) {
        kafka.flush();
      }
    } catch (InterruptException e) {
      LOG.info("Stopped while waiting for Kafka");
    } catch (KafkaException e) {
      LOG.error("Kafka's client has given up; the run ends here: {}", e.toString());
    } finally {
      stop.shield();
      // What is not acknowledged by then fails, and is called back for.
      kafka.close(CLOSE_TIMEOUT);
    }
  }

  /**
   * Waits while as much is under way as Kafka's client holds.
   *
   * @param key the listener's name
   * @param json the message
   */
  public void send(byte[] key, byte[] json) {
    send(key, json, deliveries);
  }

  /**
   * The same with a callback that tells {@link Deliveries} as well.
   *
   * @throws KafkaException what ends the work in {@link #during}
   */
  void send(byte[] key, byte[] json, Callback callback) {
    try {
      kafka.send(new ProducerRecord<>(topic, key, json), callback);
      deliveries.produced();
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      deliveries.produced();
      callback.onCompletion(null, e);
      throw e;
    }
  }
}
