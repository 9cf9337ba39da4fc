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

/**
 * What one task does with its messages: parse, match, write. All writes are upserts on natural
 * keys, so a task may run again.
 */
final class StoreTask implements FlatMapFunction<Iterator<Message>, TaskResult> {
  private final KafkaSettings kafka;
  private final StreamSettings settings;
  private final Duration lookback;
  private final Cassandra cassandra;
  private final Broadcast<HashMap<String, byte[][]>> songs;
  private final HashMap<Integer, Long> storedBefore;
  private final String run;

  /**
   * @param lookback {@code report.lookback}
   * @param songs encoded columns by song name, see {@link SongColumns}
   * @param storedBefore per Kafka partition, the offset before which all messages are stored
   * @param run of the stream or the command, for {@link NotedListeners}
   */
  StoreTask(
      KafkaSettings kafka,
      StreamSettings settings,
      Duration lookback,
      Cassandra cassandra,
      Broadcast<HashMap<String, byte[][]>> songs,
      HashMap<Integer, Long> storedBefore,
      String run) {
    this.kafka = kafka;
    this.settings = settings;
    this.lookback = lookback;
    this.cassandra = cassandra;
    this.songs = songs;
    this.storedBefore = storedBefore;
    this.run = run;
  }

  @Override
  public Iterator<TaskResult> call(Iterator<Message> messages) throws InterruptedException {
    if (!messages.hasNext()) {
      return Collections.emptyIterator();
    }
    try (CassandraSession session = cassandra.open();
        DeadLetters deadLetters = new DeadLetters(kafka)) {
      TaskMessages read =
          new TaskMessages(storedBefore, songs.value(), lookback, deadLetters::send).read(messages);
      new RecordWriter(
              session, NotedListeners.ofRun(run), settings.rowsPerWrite(), settings.rowsInFlight())
          .write(read.listens());
      deadLetters.flush();
      return read.results().iterator();
    }
  }
}
