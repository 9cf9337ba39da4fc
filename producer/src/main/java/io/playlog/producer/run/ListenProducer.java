package io.playlog.producer.run;

import io.playlog.listen.Listen;
import io.playlog.listen.ListenJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.Producer;

/** Sends listens, the listeners in turn, each with a random song. */
final class ListenProducer {
  private final ListenSender sender;
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
    this.sender = new ListenSender(kafka, topic, deliveries, stop);
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
    sender.during(() -> send(count, random, pacer, instants));
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
      sender.send(keys[listener], json, deliveries.sending(listen));
      listener = listener + 1 == keys.length ? 0 : listener + 1;
    }
  }
}
