package io.playlog.producer.run;

import io.playlog.listen.Listen;
import io.playlog.listen.ListenJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends listens, the listeners in turn, each with a random song. */
final class ListenProducer {
  static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(ListenProducer.class);

  private final Producer<byte[], byte[]> kafka;
  private final String topic;
  private final List<String> listeners;
  private final byte[][] keys;
  private final byte[][] names;
  private final List<String> songs;
  private final byte[][] songNames;
  private final Deliveries deliveries;
  private final StopSignal stop;

  /** Closes the producer at the end of {@link #run}. */
  ListenProducer(
      Producer<byte[], byte[]> kafka,
      String topic,
      List<String> listeners,
      List<String> songs,
      Deliveries deliveries,
      StopSignal stop) {
    this.kafka = kafka;
    this.topic = topic;
    this.listeners = listeners;
    this.keys =
        listeners.stream()
            .map(name -> name.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    this.names = escape(listeners);
    this.songs = songs;
    this.songNames = escape(songs);
    this.deliveries = deliveries;
    this.stop = stop;
  }

  /** Once, since each is sent many times. */
  private static byte[][] escape(List<String> texts) {
    return texts.stream().map(ListenJson::escape).toArray(byte[][]::new);
  }

  /** Returns when every listen sent is acknowledged or has failed. */
  void run(long count, Random random, Pacer pacer, Instants instants) {
    try {
      send(count, random, pacer, instants);
      if (!stop.requested()) {
        kafka.flush();
      }
    } catch (InterruptException e) {
      LOG.info("Stopped while waiting for Kafka");
    } catch (KafkaException e) {
      LOG.error("Kafka's client has given up; the run ends here", e);
    } finally {
      stop.shield();
      // What is not acknowledged by then fails, and is called back for.
      kafka.close(CLOSE_TIMEOUT);
    }
  }

  private void send(long count, Random random, Pacer pacer, Instants instants) {
    int listener = 0;
    for (long index = 0; index < count; index++) {
      pacer.await(index);
      int song = random.nextInt(songNames.length);
      long instant = instants.of(index, listener);
      if (stop.requested()) {
        return;
      }
      byte[] json = ListenJson.toBytes(names[listener], songNames[song], instant);
      Listen listen = new Listen(listeners.get(listener), songs.get(song), instant);
      send(new ProducerRecord<>(topic, keys[listener], json), deliveries.sending(listen));
      listener = listener + 1 == keys.length ? 0 : listener + 1;
    }
  }

  private void send(ProducerRecord<byte[], byte[]> message, Callback callback) {
    try {
      kafka.send(message, callback);
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
