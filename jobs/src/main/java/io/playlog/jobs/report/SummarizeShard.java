package io.playlog.jobs.report;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.jobs.cassandra.CassandraSession;
import io.playlog.jobs.history.HourReader;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.api.java.function.Function;

/**
 * What one task of a report does: it reads who listened in its shard of the hour, each one's slice
 * of {@code records}, and writes their summaries. A report costs what its hour costs.
 */
final class SummarizeShard implements Function<Integer, HourTotals> {
  private static final String INSERT_SUMMARY =
      "INSERT INTO %s.user_hourly_summary (name, hour, songs_listened, songs_matched,"
          + " distinct_songs, listened_ms, avg_danceability, avg_energy, avg_valence, avg_tempo,"
          + " top_song, top_artist, computed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " USING TIMESTAMP ?";

  private final Cassandra cassandra;
  private final Instant hour;
  private final Instant startedAt;
  private final int readsInFlight;

  /**
   * @param startedAt of the report: of two at a time the rows of the one that started later stay,
   *     since it has read what the other one has, and perhaps more
   */
  SummarizeShard(Cassandra cassandra, Instant hour, Instant startedAt, int readsInFlight) {
    this.cassandra = cassandra;
    this.hour = hour;
    this.startedAt = startedAt;
    this.readsInFlight = readsInFlight;
  }

  @Override
  public HourTotals call(Integer shard) throws InterruptedException {
    AtomicReference<HourTotals> totals = new AtomicReference<>(HourTotals.NONE);
    try (CassandraSession session = cassandra.open()) {
      PreparedStatement insert = session.prepare(INSERT_SUMMARY);
      HourReader reader = new HourReader(session, StoredListen.COLUMNS, readsInFlight);
      Instant end = hour.plus(Duration.ofHours(1));
      for (String name : reader.listeners(hour, shard)) {
        Summarizer summarizer = new Summarizer();
        reader.read(
            name,
            hour,
            end,
            row -> summarizer.add(StoredListen.of(row)),
            () -> write(session, insert, name, summarizer, totals));
      }
      reader.await();
    }
    return totals.get();
  }

  private CompletionStage<?> write(
      CassandraSession session,
      PreparedStatement insert,
      String name,
      Summarizer summarizer,
      AtomicReference<HourTotals> totals) {
    if (summarizer.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    HourSummary row = summarizer.summary();
    totals.accumulateAndGet(new HourTotals(row.songsListened(), 1), HourTotals::plus);
    // Nulls are written here: a value of an earlier run of the same hour must not stay.
    return session.executeAsync(
        insert.bind(
            name,
            hour,
            row.songsListened(),
            row.songsMatched(),
            row.distinctSongs(),
            row.listenedMs(),
            row.avgDanceability(),
            row.avgEnergy(),
            row.avgValence(),
            row.avgTempo(),
            row.topSong(),
            row.topArtist(),
            Instant.now(),
            ChronoUnit.MICROS.between(Instant.EPOCH, startedAt)));
  }
}
