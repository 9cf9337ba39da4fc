package io.playlog.store;

import io.playlog.cassandra.CassandraSession;
import io.playlog.cassandra.InFlight;
import io.playlog.listen.Hour;
import io.playlog.listen.Listen;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads the records of an hour: who listened in it, and each one's slice, several at a time. What
 * it reads costs what the hour costs; the history is never scanned.
 */
public final class HourReader {
  private final ListenersByHour listenersByHour;
  private final Records records;
  private final InFlight inFlight;

  /**
   * @param readsInFlight slices that are read at a time
   */
  public HourReader(CassandraSession session, int readsInFlight) {
    this.listenersByHour = new ListenersByHour(session);
    this.records = new Records(session);
    this.inFlight = new InFlight(readsInFlight);
  }

  /** Read page by page. */
  public Iterable<String> listeners(Hour hour, int shard) {
    return listenersByHour.read(hour, shard);
  }

  /**
   * Begins to read listeners' slices, each in clustering order; waits if too many are being read.
   *
   * @param names which the same nodes hold
   * @param to not included
   * @param listen called with each row and whose it is, on the driver's threads, one call after
   *     another
   * @param then called after the last row; the slices count as read when its stage is complete
   */
  public void read(
      List<String> names,
      Instant from,
      Instant to,
      BiConsumer<String, StoredListen> listen,
      Supplier<CompletionStage<?>> then)
      throws InterruptedException {
    inFlight.start(
        names.size(),
        () -> records.forEachListen(names, from, to, listen).thenCompose(end -> then.get()));
  }

  /**
   * Begins to read a listener's unmatched listens, each as its message said it.
   *
   * @param to not included
   */
  public void readUnmatched(String name, Instant from, Instant to, Consumer<Listen> listen)
      throws InterruptedException {
    inFlight.start(1, () -> records.forEachUnmatched(name, from, to, listen));
  }

  /** Waits for all slices; throws if one could not be read. */
  public void await() throws InterruptedException {
    inFlight.await();
  }
}
