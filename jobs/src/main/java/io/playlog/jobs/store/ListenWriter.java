package io.playlog.jobs.store;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.playlog.config.StreamSettings;
import io.playlog.jobs.cassandra.CassandraSession;
import io.playlog.jobs.cassandra.InFlight;
import io.playlog.jobs.store.ListenBuffer.MatchedListen;
import io.playlog.jobs.store.ListenersByHour.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes listens and who listened when, rows of one Cassandra partition together. */
public final class ListenWriter {
  /**
   * Of a write, in rows: a write of one row costs Cassandra more than a row of a batch. It bounds
   * the number of writes under way.
   */
  private static final int LEAST_WEIGHT = 16;

  private final CassandraSession session;
  private final NotedListeners noted;
  private final int rowsPerWrite;
  private final InFlight inFlight;
  private final Records records;
  private final ListenersByHour listenersByHour;

  /**
   * @param noted listeners whose rows are not written again
   */
  public ListenWriter(CassandraSession session, NotedListeners noted, StreamSettings settings) {
    this.session = session;
    this.noted = noted;
    this.rowsPerWrite = settings.rowsPerWrite();
    this.inFlight = new InFlight(settings.rowsInFlight());
    this.records = new Records(session);
    this.listenersByHour = new ListenersByHour(session);
  }

  /** Returns when all is acknowledged. */
  public void write(ListenBuffer buffer) throws InterruptedException {
    for (List<MatchedListen> listens : buffer.listensByName()) {
      writePartition(listens, matched -> records.row(matched.listen(), matched.song()));
    }
    Map<Partition, List<String>> listeners = noted.missing(buffer.listenersByHour());
    for (Map.Entry<Partition, List<String>> names : listeners.entrySet()) {
      writePartition(names.getValue(), name -> listenersByHour.row(names.getKey(), name));
    }
    inFlight.await();
    noted.add(listeners);
  }

  private <T> void writePartition(List<T> rows, Function<T, BoundStatement> bind)
      throws InterruptedException {
    for (int from = 0; from < rows.size(); from += rowsPerWrite) {
      int to = Math.min(from + rowsPerWrite, rows.size());
      List<BoundStatement> batch = new ArrayList<>(to - from);
      for (T row : rows.subList(from, to)) {
        batch.add(bind.apply(row));
      }
      int weight = Math.max(batch.size(), LEAST_WEIGHT);
      inFlight.start(weight, () -> session.executeAsync(session.batch(batch)));
    }
  }
}
