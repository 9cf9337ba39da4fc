package io.playlog.jobs.stream;

import io.playlog.config.KafkaSettings;
import io.playlog.config.StreamSettings;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.jobs.cassandra.CassandraSession;
import io.playlog.listen.ListenParser;
import io.playlog.listen.RejectedException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/**
 * What one task does with its messages: parse, match, write. All writes are upserts on natural
 * keys, so a task may run again.
 */
final class StoreTask implements FlatMapFunction<Iterator<Row>, TaskResult> {
  private final KafkaSettings kafka;
  private final StreamSettings settings;
  private final Cassandra cassandra;
  private final Broadcast<HashMap<String, byte[][]>> songs;
  private final HashMap<Integer, Long> storedBefore;

  /**
   * @param songs encoded columns by song name, see {@link SongColumns}
   * @param storedBefore per Kafka partition, the offset before which all messages are stored
   */
  StoreTask(
      KafkaSettings kafka,
      StreamSettings settings,
      Cassandra cassandra,
      Broadcast<HashMap<String, byte[][]>> songs,
      HashMap<Integer, Long> storedBefore) {
    this.kafka = kafka;
    this.settings = settings;
    this.cassandra = cassandra;
    this.songs = songs;
    this.storedBefore = storedBefore;
  }

  @Override
  public Iterator<TaskResult> call(Iterator<Row> rows) throws InterruptedException {
    if (!rows.hasNext()) {
      return rows(new HashMap<>());
    }
    Map<Integer, Tally> tallies = new HashMap<>();
    ListenBuffer buffer = new ListenBuffer();
    try (CassandraSession session = cassandra.open();
        DeadLetters deadLetters = new DeadLetters(kafka)) {
      while (rows.hasNext()) {
        Message message = Message.of(rows.next());
        Tally tally =
            tallies.computeIfAbsent(
                message.partition(),
                partition -> new Tally(partition, storedBefore.getOrDefault(partition, 0L)));
        sort(message, tally, buffer, deadLetters);
      }
      new RecordWriter(session, songs.value(), settings.rowsPerWrite(), settings.writesInFlight())
          .write(buffer);
      deadLetters.flush();
    }
    return rows(tallies);
  }

  private void sort(Message message, Tally tally, ListenBuffer buffer, DeadLetters deadLetters) {
    try {
      var listen = ListenParser.parse(message.value(), message.timestamp());
      buffer.add(listen);
      tally.listen(message.offset(), listen, songs.value().containsKey(listen.song()));
    } catch (RejectedException e) {
      deadLetters.send(message, e.reason());
      tally.deadLetter(message.offset());
    }
  }

  private static Iterator<TaskResult> rows(Map<Integer, Tally> tallies) {
    return tallies.values().stream().map(Tally::result).iterator();
  }
}
