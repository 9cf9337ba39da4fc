package io.playlog.jobs.audit;

import io.playlog.cassandra.CassandraSession;
import io.playlog.cassandra.InFlight;
import io.playlog.store.ListenersByHour;
import io.playlog.store.Records;
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
import java.util.function.LongConsumer;

/**
 * Compares slices with {@code records}, several at a time. A slice whose listener is not in {@code
 * listeners_by_hour} is missing as a whole: no report would find it.
 */
final class StoredListens {
  private final ListenersByHour listenersByHour;
  private final Records records;
  private final InFlight inFlight;
  private final LongConsumer compared;
  private final AtomicLong stored = new AtomicLong();
  private final Queue<Entry> missing = new ConcurrentLinkedQueue<>();

  /**
   * @param compared told how many listens more were compared, on the driver's threads
   */
  StoredListens(CassandraSession session, int readsInFlight, LongConsumer compared) {
    this.listenersByHour = new ListenersByHour(session);
    this.records = new Records(session);
    this.inFlight = new InFlight(readsInFlight);
    this.compared = compared;
  }

  /** A row's key within a listener. */
  private record Key(Instant time, String song) {}

  /** Begins to compare a slice, see {@link Slices.Comparison}. */
  void compare(List<Entry> slice) throws InterruptedException {
    Entry first = slice.get(0);
    inFlight.start(
        1,
        () ->
            listenersByHour
                .contains(first.hour(), first.name())
                .thenCompose(known -> known ? compareRows(slice) : missing(slice))
                .thenRun(() -> compared.accept(slice.size())));
  }

  private CompletionStage<Void> compareRows(List<Entry> slice) {
    Map<Key, Entry> expected = new HashMap<>();
    slice.forEach(
        listen ->
            expected.put(new Key(Instant.ofEpochMilli(listen.time()), listen.song()), listen));
    Entry first = slice.get(0);
    Entry last = slice.get(slice.size() - 1);
    return records
        .forEachKey(
            first.name(),
            Instant.ofEpochMilli(first.time()),
            Instant.ofEpochMilli(last.time() + 1),
            (time, song) -> expected.remove(new Key(time, song)))
        .thenCompose(
            end -> {
              stored.addAndGet(slice.size() - expected.size());
              return missing(expected.values());
            });
  }

  private CompletionStage<Void> missing(Collection<Entry> listens) {
    missing.addAll(listens);
    return CompletableFuture.completedFuture(null);
  }

  /** Waits for all reads. */
  Findings findings() throws InterruptedException {
    inFlight.await();
    return new Findings(stored.get(), 0, 0, 0, List.copyOf(missing));
  }
}
