package io.playlog.jobs.audit;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.playlog.jobs.cassandra.CassandraSession;
import io.playlog.jobs.cassandra.InFlight;
import io.playlog.jobs.schema.EventHour;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compares slices with {@code records}, several at a time. A slice whose listener is not in {@code
 * listeners_by_hour} is missing as a whole: no report would find it.
 */
final class StoredListens implements Slices.Lookup {
  private static final String SELECT =
      "SELECT event_time, song_name FROM %s.records"
          + " WHERE name = ? AND event_time >= ? AND event_time < ?";

  private static final String SELECT_LISTENER =
      "SELECT name FROM %s.listeners_by_hour WHERE hour = ? AND shard = ? AND name = ?";

  private final CassandraSession session;
  private final PreparedStatement select;
  private final PreparedStatement selectListener;
  private final InFlight inFlight;
  private final AtomicLong stored = new AtomicLong();
  private final Queue<Entry> missing = new ConcurrentLinkedQueue<>();

  StoredListens(CassandraSession session, int readsInFlight) {
    this.session = session;
    this.select = session.prepare(SELECT);
    this.selectListener = session.prepare(SELECT_LISTENER);
    this.inFlight = new InFlight(readsInFlight);
  }

  /** A row's key within a listener. */
  private record Key(Instant time, String song) {}

  @Override
  public void look(List<Entry> slice) throws InterruptedException {
    Map<Key, Entry> expected = new HashMap<>();
    slice.forEach(
        listen ->
            expected.put(new Key(Instant.ofEpochMilli(listen.time()), listen.song()), listen));
    inFlight.start(
        1,
        () ->
            readListener(slice.get(0))
                .thenCompose(
                    listener ->
                        listener.one() == null
                            ? missing(slice)
                            : read(slice)
                                .thenCompose(page -> compare(page, expected, slice.size()))));
  }

  private CompletionStage<AsyncResultSet> readListener(Entry listen) {
    return session.executeAsync(
        selectListener.bind(
            Instant.ofEpochMilli(listen.hour()), EventHour.shard(listen.name()), listen.name()));
  }

  private CompletionStage<AsyncResultSet> read(List<Entry> slice) {
    Entry first = slice.get(0);
    Entry last = slice.get(slice.size() - 1);
    return session.executeAsync(
        select.bind(
            first.name(),
            Instant.ofEpochMilli(first.time()),
            Instant.ofEpochMilli(last.time() + 1)));
  }

  /**
   * @param expected what no page before had
   * @param listens of the slice
   */
  private CompletionStage<Void> compare(
      AsyncResultSet page, Map<Key, Entry> expected, int listens) {
    for (Row row : page.currentPage()) {
      expected.remove(new Key(row.getInstant("event_time"), row.getString("song_name")));
    }
    if (page.hasMorePages()) {
      return page.fetchNextPage().thenCompose(next -> compare(next, expected, listens));
    }
    stored.addAndGet(listens - expected.size());
    return missing(expected.values());
  }

  private CompletionStage<Void> missing(Collection<Entry> listens) {
    missing.addAll(listens);
    return CompletableFuture.completedFuture(null);
  }

  /** Waits for all reads. */
  Findings findings() throws InterruptedException {
    inFlight.await();
    List<Entry> all = List.copyOf(missing);
    return new Findings(new AuditCounts(stored.get(), 0, 0, all.size()), all);
  }
}
