package io.playlog.jobs.history;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.playlog.jobs.cassandra.CassandraSession;
import io.playlog.jobs.cassandra.InFlight;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads the records of an hour: who listened in it, and each one's slice. What it reads costs what
 * the hour costs; the history is never scanned.
 */
public final class HourReader {
  private static final String SELECT_LISTENERS =
      "SELECT name FROM %s.listeners_by_hour WHERE hour = ? AND shard = ?";
  private static final String SELECT_LISTENS =
      " FROM %s.records WHERE name = ? AND event_time >= ? AND event_time < ?";

  private final CassandraSession session;
  private final PreparedStatement select;
  private final InFlight inFlight;

  /**
   * @param columns of {@code records}, to be read
   * @param readsInFlight slices that are read at a time
   */
  public HourReader(CassandraSession session, String columns, int readsInFlight) {
    this.session = session;
    this.select = session.prepare("SELECT " + columns + SELECT_LISTENS);
    this.inFlight = new InFlight(readsInFlight);
  }

  /** Read page by page. */
  public Iterable<String> listeners(Instant hour, int shard) {
    return session.execute(SELECT_LISTENERS, hour, shard).map(row -> row.getString("name"));
  }

  /**
   * Begins to read a listener's slice, in clustering order; waits if too many are being read.
   *
   * @param to not included
   * @param listen called with each row, on the driver's threads, one call after another
   * @param then called after the last row; the slice counts as read when its stage is complete
   */
  public void read(
      String name,
      Instant from,
      Instant to,
      Consumer<Row> listen,
      Supplier<CompletionStage<?>> then)
      throws InterruptedException {
    inFlight.start(
        1,
        () ->
            session
                .executeAsync(select.bind(name, from, to))
                .thenCompose(page -> readPages(page, listen))
                .thenCompose(end -> then.get()));
  }

  private static CompletionStage<Void> readPages(AsyncResultSet page, Consumer<Row> listen) {
    page.currentPage().forEach(listen);
    return page.hasMorePages()
        ? page.fetchNextPage().thenCompose(next -> readPages(next, listen))
        : CompletableFuture.completedFuture(null);
  }

  /** Waits for all slices; throws if one could not be read. */
  public void await() throws InterruptedException {
    inFlight.await();
  }
}
