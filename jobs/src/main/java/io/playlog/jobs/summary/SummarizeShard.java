package io.playlog.jobs.summary;

import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.jobs.cassandra.CassandraSession;
import io.playlog.jobs.store.HourReader;
import io.playlog.jobs.store.Summaries;
import io.playlog.jobs.store.Summaries.Summary;
import io.playlog.listen.Hour;
import java.io.Serializable;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.api.java.function.Function;

/**
 * What one task of a report does: it reads who listened in its shard of the hour, each one's slice
 * of {@code records}, and writes their summaries. A report costs what its hour costs.
 *
 * @param timestamp of the summaries, above those of the reports before
 * @param publishedBefore else no summary of the hour can be there, and none is looked for
 */
record SummarizeShard(
    Cassandra cassandra, Hour hour, long timestamp, boolean publishedBefore, int readsInFlight)
    implements Function<Integer, SummarizeShard.Totals> {
  private static final CompletionStage<OptionalLong> NOT_THERE =
      CompletableFuture.completedFuture(OptionalLong.empty());

  /**
   * What a report has summed up.
   *
   * @param newestFound write timestamp of the newest summary that was there, at most; one that is
   *     not below the report's own was not replaced
   */
  record Totals(long listens, int listeners, long newestFound) implements Serializable {
    static final Totals NONE = new Totals(0, 0, Long.MIN_VALUE);

    Totals plus(Totals other) {
      return new Totals(
          listens + other.listens,
          listeners + other.listeners,
          Math.max(newestFound, other.newestFound));
    }
  }

  @Override
  public Totals call(Integer shard) throws InterruptedException {
    AtomicReference<Totals> totals = new AtomicReference<>(Totals.NONE);
    try (CassandraSession session = cassandra.open()) {
      Summaries summaries = new Summaries(session);
      HourReader reader = new HourReader(session, readsInFlight);
      for (String name : reader.listeners(hour, shard)) {
        Summarizer summarizer = new Summarizer();
        CompletionStage<OptionalLong> found =
            publishedBefore ? summaries.writeTime(name, hour) : NOT_THERE;
        reader.read(
            name,
            hour.start(),
            hour.end(),
            summarizer::add,
            () -> found.thenCompose(time -> replace(summaries, name, time, summarizer, totals)));
      }
      reader.await();
    }
    return totals.get();
  }

  /**
   * @param found write timestamp of the summary that is there
   */
  private CompletionStage<?> replace(
      Summaries summaries,
      String name,
      OptionalLong found,
      Summarizer summarizer,
      AtomicReference<Totals> totals) {
    found.ifPresent(time -> totals.accumulateAndGet(new Totals(0, 0, time), Totals::plus));
    if (!summarizer.isEmpty()) {
      Summary summary = summarizer.summary();
      totals.accumulateAndGet(new Totals(summary.songsListened(), 1, Long.MIN_VALUE), Totals::plus);
      return summaries.write(name, hour, summary, timestamp);
    }
    return found.isPresent() ? summaries.delete(name, hour, timestamp) : NOT_THERE;
  }
}
