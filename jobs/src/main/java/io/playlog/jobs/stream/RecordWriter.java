package io.playlog.jobs.stream;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.playlog.jobs.cassandra.CassandraSession;
import io.playlog.jobs.cassandra.InFlight;
import io.playlog.listen.Listen;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes listens and who listened when, rows of one Cassandra partition together. */
public final class RecordWriter {
  private static final String INSERT_RECORD =
      "INSERT INTO %s.records (name, event_time, song_name, "
          + SongColumns.NAMES
          + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final int FIRST_SONG_COLUMN = 3;
  private static final String INSERT_LISTENER =
      "INSERT INTO %s.listeners_by_hour (hour, shard, name) VALUES (?, ?, ?)";

  /**
   * Of a write, in rows. It bounds the number of writes: a connection takes 1,024 of all tasks, and
   * the connector opens one less than there are processors, but one at least.
   */
  private static final int LEAST_WEIGHT = 16;

  private final CassandraSession session;
  private final NotedListeners noted;
  private final int rowsPerWrite;
  private final InFlight inFlight;
  private final PreparedStatement insertRecord;
  private final PreparedStatement insertListener;

  /**
   * @param noted listeners whose rows are not written again
   */
  public RecordWriter(
      CassandraSession session, NotedListeners noted, int rowsPerWrite, int rowsInFlight) {
    this.session = session;
    this.noted = noted;
    this.rowsPerWrite = rowsPerWrite;
    this.inFlight = new InFlight(rowsInFlight);
    this.insertRecord = session.prepare(INSERT_RECORD);
    this.insertListener = session.prepare(INSERT_LISTENER);
  }

  /** Returns when all is acknowledged. */
  public void write(ListenBuffer buffer) throws InterruptedException {
    for (List<MatchedListen> listens : buffer.listensByName().values()) {
      writePartition(listens, this::bindRecord);
    }
    Map<HourShard, List<String>> listeners = noted.missing(buffer.listenersByHour());
    for (Map.Entry<HourShard, List<String>> names : listeners.entrySet()) {
      HourShard key = names.getKey();
      writePartition(names.getValue(), name -> insertListener.bind(key.hour(), key.shard(), name));
    }
    inFlight.await();
    noted.add(listeners);
  }

  private <T> void writePartition(List<T> rows, Function<T, BoundStatement> bind)
      throws InterruptedException {
    for (int from = 0; from < rows.size(); from += rowsPerWrite) {
      List<BoundStatement> batch = new ArrayList<>();
      for (T row : rows.subList(from, Math.min(from + rowsPerWrite, rows.size()))) {
        batch.add(bind.apply(row));
      }
      int weight = Math.max(batch.size(), LEAST_WEIGHT);
      inFlight.start(weight, () -> session.executeAsync(session.batch(batch)));
    }
  }

  /** A column without a value stays unset, since a null would be a tombstone. */
  private BoundStatement bindRecord(MatchedListen matched) {
    Listen listen = matched.listen();
    BoundStatementBuilder row =
        insertRecord
            .boundStatementBuilder()
            .setString(0, listen.name())
            .setInstant(1, Instant.ofEpochMilli(listen.eventTimestamp()))
            .setString(2, listen.song());
    byte[][] columns = matched.song();
    if (columns != null) {
      for (int i = 0; i < columns.length; i++) {
        if (columns[i] != null) {
          row = row.setBytesUnsafe(FIRST_SONG_COLUMN + i, ByteBuffer.wrap(columns[i]));
        }
      }
    }
    return row.build();
  }
}
