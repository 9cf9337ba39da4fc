package io.playlog.jobs.stream;

import io.playlog.config.KafkaSettings;
import io.playlog.config.StreamSettings;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.jobs.cassandra.CassandraSession;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
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
  private final Duration lookback;
  private final Cassandra cassandra;
  private final Broadcast<HashMap<String, byte[][]>> songs;
  private final HashMap<Integer, Long> storedBefore;

  /**
   * @param lookback {@code report.lookback}
   * @param songs encoded columns by song name, see {@link SongColumns}
   * @param storedBefore per Kafka partition, the offset before which all messages are stored
   */
  StoreTask(
      KafkaSettings kafka,
      StreamSettings settings,
      Duration lookback,
      Cassandra cassandra,
      Broadcast<HashMap<String, byte[][]>> songs,
      HashMap<Integer, Long> storedBefore) {
    this.kafka = kafka;
    this.settings = settings;
    this.lookback = lookback;
    this.cassandra = cassandra;
    this.songs = songs;
    this.storedBefore = storedBefore;
  }

  @Override
  public Iterator<TaskResult> call(Iterator<Row> rows) throws InterruptedException {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    try (CassandraSession session = cassandra.open();
        DeadLetters deadLetters = new DeadLetters(kafka)) {
      TaskMessages messages =
          new TaskMessages(storedBefore, songs.value()::containsKey, lookback, deadLetters::send)
              .read(rows);
      new RecordWriter(session, songs.value(), settings.rowsPerWrite(), settings.writesInFlight())
          .write(messages.listens());
      deadLetters.flush();
      return messages.results().iterator();
    }
  }
}
