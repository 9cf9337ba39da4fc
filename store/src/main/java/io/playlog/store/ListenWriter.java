package io.playlog.store;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.playlog.cassandra.CassandraSession;
import io.playlog.cassandra.InFlight;
import io.playlog.config.StreamSettings;
import io.playlog.store.ListenBuffer.MatchedListen;
import io.playlog.store.Listeners.Entry;
import io.playlog.store.ListenersByHour.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Writes listens, who listened when, and who listens at all; rows of one Cassandra partition
 * together.
 */
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
  private final Listeners listeners;

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
    this.listeners = new Listeners(session);
  }

  /** Returns when all is acknowledged. */
  public void write(ListenBuffer buffer) throws InterruptedException {
    write(buffer, () -> {});
  }

  /**
   * The same.
   *
   * @param begun called when a request begins, which many do only when earlier ones have ended
   */
  public void write(ListenBuffer buffer, Runnable begun) throws InterruptedException {
    for (List<MatchedListen> listens : buffer.listensByName()) {
      writePartition(listens, matched -> records.row(matched.listen(), matched.song()), begun);
    }
    Map<Partition, List<String>> ofHours = noted.missing(buffer.listenersByHour());
    for (Map.Entry<Partition, List<String>> ofHour : ofHours.entrySet()) {
      writePartition(ofHour.getValue(), name -> listenersByHour.row(ofHour.getKey(), name), begun);
    }
    Set<String> names = noted.missingNames(ofHours);
    for (List<Entry> entries : Listeners.partitions(names)) {
      writePartition(entries, listeners::row, begun);
    }
    inFlight.await();
    noted.add(ofHours);
    noted.addNames(names);
  }

  private <T> void writePartition(List<T> rows, Function<T, BoundStatement> bind, Runnable begun)
      throws InterruptedException {
    for (int from = 0; from < rows.size(); from += rowsPerWrite) {
      int to = Math.min(from + rowsPerWrite, rows.size());
      List<BoundStatement> batch = new ArrayList<>(to - from);
      for (T row : rows.subList(from, to)) {
        batch.add(bind.apply(row));
      }
      int weight = Math.max(batch.size(), LEAST_WEIGHT);
      inFlight.start(weight, () -> session.executeAsync(session.batch(batch)));
      begun.run();
    }
  }
}
