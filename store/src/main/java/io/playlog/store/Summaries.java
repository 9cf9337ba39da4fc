package io.playlog.store;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.playlog.cassandra.CassandraSession;
import io.playlog.listen.Hour;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The table {@code user_hourly_summary}: what each listener listened to in an hour. */
public final class Summaries {
  private static final String INSERT =
      "INSERT INTO %s.user_hourly_summary (name, hour, songs_listened, songs_matched,"
          + " distinct_songs, listened_ms, avg_danceability, avg_energy, avg_valence, avg_tempo,"
          + " top_song, top_artist, computed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " USING TIMESTAMP ?";
  private static final String DELETE =
      "DELETE FROM %s.user_hourly_summary USING TIMESTAMP ? WHERE name = ? AND hour = ?";
  private static final String SELECT =
      "SELECT songs_listened, songs_matched, distinct_songs, listened_ms, avg_danceability,"
          + " avg_energy, avg_valence, avg_tempo, top_song, top_artist FROM %s.user_hourly_summary"
          + " WHERE name = ? AND hour = ?";
  private static final String SELECT_FOUND =
      "SELECT writetime(songs_listened), songs_listened, name FROM %s.user_hourly_summary"
          + " WHERE name IN ? AND hour = ?";
  private static final String SLICE = " WHERE name = ? AND hour >= ? AND hour < ?";
  private static final String DELETE_SLICE =
      "DELETE FROM %s.user_hourly_summary USING TIMESTAMP ?" + SLICE;
  private static final String SELECT_WRITTEN =
      "SELECT hour, writetime(songs_listened) FROM %s.user_hourly_summary" + SLICE;

  private final CassandraSession session;
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final PreparedStatement select;
  private final PreparedStatement selectFound;
  private final PreparedStatement deleteSlice;
  private final PreparedStatement selectWritten;

  public Summaries(CassandraSession session) {
    this.session = session;
    this.insert = session.prepare(INSERT);
    this.delete = session.prepare(DELETE);
    this.select = session.prepare(SELECT);
    this.selectFound = session.prepare(SELECT_FOUND);
    this.deleteSlice = session.prepare(DELETE_SLICE);
    this.selectWritten = session.prepare(SELECT_WRITTEN);
  }

  /**
   * What one listener listened to in one hour. The averages are about matched listens, and null if
   * there is none; {@code topArtist} is null if no listen has one.
   *
   * @param listenedMs those really played where it is known, else the matched songs' durations
   */
  public record Summary(
      int songsListened,
      int songsMatched,
      int distinctSongs,
      long listenedMs,
      Double avgDanceability,
      Double avgEnergy,
      Double avgValence,
      Double avgTempo,
      String topSong,
      String topArtist) {}

  /**
   * Writes the summaries of an hour of some listeners.
   *
   * @param summaries by listener, whom the same nodes hold; where there is none, the row is deleted
   * @param timestamp above that of every row that they may have for the hour
   */
  public CompletionStage<AsyncResultSet> write(
      Map<String, Optional<Summary>> summaries, Hour hour, long timestamp) {
    List<BoundStatement> rows = new ArrayList<>();
    summaries.forEach(
        (name, summary) ->
            rows.add(
                summary
                    .map(found -> row(name, hour, found, timestamp))
                    .orElseGet(() -> deletion(name, hour, timestamp))));
    return session.executeAsync(session.batch(rows));
  }

  private BoundStatement row(String name, Hour hour, Summary summary, long timestamp) {
    // Nulls are written here: a value of an earlier run of the same hour must not stay.
    return insert.bind(
        name,
        hour.start(),
        summary.songsListened(),
        summary.songsMatched(),
        summary.distinctSongs(),
        summary.listenedMs(),
        summary.avgDanceability(),
        summary.avgEnergy(),
        summary.avgValence(),
        summary.avgTempo(),
        summary.topSong(),
        summary.topArtist(),
        Instant.now(),
        timestamp);
  }

  private BoundStatement deletion(String name, Hour hour, long timestamp) {
    return delete.bind(timestamp, name, hour.start());
  }

  /** Deletes a row if it was written no later than a timestamp. */
  public CompletionStage<AsyncResultSet> delete(String name, Hour hour, long timestamp) {
    return session.executeAsync(deletion(name, hour, timestamp));
  }

  /** Empty if there is none. */
  public CompletionStage<Optional<Summary>> read(String name, Hour hour) {
    return session
        .executeAsync(select.bind(name, hour.start()))
        .thenApply(found -> Optional.ofNullable(found.one()).map(Summaries::summary));
  }

  private static Summary summary(Row row) {
    return new Summary(
        row.getInt(0),
        row.getInt(1),
        row.getInt(2),
        row.getLong(3),
        row.get(4, Double.class),
        row.get(5, Double.class),
        row.get(6, Double.class),
        row.get(7, Double.class),
        row.getString(8),
        row.getString(9));
  }

  /**
   * The row that is there.
   *
   * @param writeTime in microseconds
   */
  public record Found(long writeTime, int songsListened) {}

  /**
   * Those that are there, by listener.
   *
   * @param names which the same nodes hold
   */
  public CompletionStage<Map<String, Found>> find(List<String> names, Hour hour) {
    Map<String, Found> there = new HashMap<>();
    return session
        .forEach(
            session.routed(selectFound.bind(names, hour.start()), names.get(0)),
            row -> {
              if (!row.isNull(0)) {
                there.put(row.getString(2), new Found(row.getLong(0), row.getInt(1)));
              }
            })
        .thenApply(end -> there);
  }

  /**
   * A summary's hour.
   *
   * @param writeTime in microseconds; null if somebody has written half a row
   */
  public record Written(Hour hour, Long writeTime) {}

  /**
   * Of a listener's summaries of a time, read page by page.
   *
   * @param to not included
   */
  public Iterable<Written> readWritten(String name, Instant from, Instant to) {
    return session
        .execute(selectWritten.bind(name, from, to))
        .map(row -> new Written(Hour.of(row.getInstant(0)), row.get(1, Long.class)));
  }

  /**
   * Deletes what was written no later than a timestamp; one tombstone, however many rows.
   *
   * @param to not included
   */
  public void delete(String name, Instant from, Instant to, long timestamp) {
    session.execute(deleteSlice.bind(timestamp, name, from, to));
  }
}
