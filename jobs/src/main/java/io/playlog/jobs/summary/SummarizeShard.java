package io.playlog.jobs.summary;

import io.playlog.cassandra.CassandraSession;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.listen.Hour;
import io.playlog.store.HourReader;
import io.playlog.store.SongsByHour.Plays;
import io.playlog.store.Summaries;
import io.playlog.store.Summaries.Found;
import io.playlog.store.Summaries.Summary;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.LongAccumulator;

/**
 * What one task of a report does: it reads who listened in its shard of the hour, each one's slice
 * of {@code records}, and writes their summaries. A report costs what its hour costs.
 *
 * @param timestamp of the summaries, above those of the reports before
 * @param publishedBefore else no summary of the hour can be there, and none is looked for
 * @param mayHaveExpired whether rows of the hour may have: then a summary stays that counts more
 *     listens than are left
 * @param done counts the shards
 */
record SummarizeShard(
    Cassandra cassandra,
    Hour hour,
    long timestamp,
    boolean publishedBefore,
    boolean mayHaveExpired,
    int readsInFlight,
    LongAccumulator done)
    implements Function<Integer, SummarizeShard.Summed> {
  private static final CompletionStage<Optional<Found>> NOT_THERE =
      CompletableFuture.completedFuture(Optional.empty());

  /**
   * What a report has summed up.
   *
   * @param newestFound write timestamp of the newest summary that was there, at most; one that is
   *     not below the report's own was not replaced
   * @param kept summaries that stay, since listens of theirs have expired
   */
  record Totals(long listens, int listeners, long newestFound, int kept) implements Serializable {
    static final Totals NONE = new Totals(0, 0, Long.MIN_VALUE, 0);

    static Totals found(long writeTime) {
      return new Totals(0, 0, writeTime, 0);
    }

    Totals plus(Totals other) {
      return new Totals(
          listens + other.listens,
          listeners + other.listeners,
          Math.max(newestFound, other.newestFound),
          kept + other.kept);
    }
  }

  /**
   * What a task has summed up.
   *
   * @param songs of all its listeners, by name
   */
  record Summed(Totals totals, Map<String, Plays> songs) implements Serializable {}

  @Override
  public Summed call(Integer shard) throws InterruptedException {
    AtomicReference<Totals> totals = new AtomicReference<>(Totals.NONE);
    Map<String, Plays> songs = new ConcurrentHashMap<>();
    try (CassandraSession session = cassandra.open()) {
      Summaries summaries = new Summaries(session);
      HourReader reader = new HourReader(session, readsInFlight);
      for (String name : reader.listeners(hour, shard)) {
        Summarizer summarizer = new Summarizer();
        CompletionStage<Optional<Found>> found =
            publishedBefore ? summaries.find(name, hour) : NOT_THERE;
        reader.read(
            name,
            hour.start(),
            hour.end(),
            summarizer::add,
            () -> {
              summarizer.forEachSong((song, plays) -> songs.merge(song, plays, Plays::plus));
              return found.thenCompose(row -> replace(summaries, name, row, summarizer, totals));
            });
      }
      reader.await();
    }
    done.add(1);
    return new Summed(totals.get(), songs);
  }

  /**
   * @param found the summary that is there
   */
  private CompletionStage<?> replace(
      Summaries summaries,
      String name,
      Optional<Found> found,
      Summarizer summarizer,
      AtomicReference<Totals> totals) {
    int before = found.map(Found::songsListened).orElse(0);
    if (mayHaveExpired && before > summarizer.listened()) {
      totals.accumulateAndGet(new Totals(before, 1, Long.MIN_VALUE, 1), Totals::plus);
      return NOT_THERE;
    }
    found.ifPresent(row -> totals.accumulateAndGet(Totals.found(row.writeTime()), Totals::plus));
    if (summarizer.isEmpty()) {
      return found.isPresent() ? summaries.delete(name, hour, timestamp) : NOT_THERE;
    }
    Summary summary = summarizer.summary();
    totals.accumulateAndGet(
        new Totals(summary.songsListened(), 1, Long.MIN_VALUE, 0), Totals::plus);
    return summaries.write(name, hour, summary, timestamp);
  }
}
