package io.playlog.store;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.playlog.cassandra.CassandraSession;
import io.playlog.cassandra.InFlight;
import io.playlog.listen.Hour;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** The table {@code songs_by_hour}: what all listeners together played in an hour. */
public final class SongsByHour {
  private static final String INSERT =
      "INSERT INTO %s.songs_by_hour (hour, song_name, artists, plays, listeners)"
          + " VALUES (?, ?, ?, ?, ?) USING TIMESTAMP ?";
  private static final String DELETE =
      "DELETE FROM %s.songs_by_hour USING TIMESTAMP ? WHERE hour = ?";
  private static final String SELECT =
      "SELECT song_name, artists, plays, listeners FROM %s.songs_by_hour WHERE hour = ?";
  private static final String SELECT_NEWEST =
      "SELECT max(writetime(plays)) FROM %s.songs_by_hour WHERE hour = ?";
  private static final int ROWS_PER_WRITE = 100;

  /** Of each of several hours; as many are in memory. */
  private static final int ROWS_PER_PAGE = 1_000;

  private final CassandraSession session;
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final PreparedStatement select;
  private final PreparedStatement selectNewest;

  public SongsByHour(CassandraSession session) {
    this.session = session;
    this.insert = session.prepare(INSERT);
    this.delete = session.prepare(DELETE);
    this.select = session.prepare(SELECT);
    this.selectNewest = session.prepare(SELECT_NEWEST);
  }

  /**
   * How a song was played.
   *
   * @param listeners how many played it
   * @param artists the lowest by code point, if listens have several; null if none has any
   */
  public record Plays(long plays, int listeners, String artists) implements Serializable {
    /**
     * By other listeners in the same hour; or in another hour, so that whoever played it in both
     * counts twice among the listeners.
     */
    public Plays plus(Plays other) {
      return new Plays(
          plays + other.plays,
          listeners + other.listeners,
          CodePoints.first(artists, other.artists));
    }
  }

  /**
   * Begins to write rows of the hour.
   *
   * @param timestamp above those of the reports before
   * @param inFlight bounds the writes that are under way, and waits for them
   */
  public void write(
      Hour hour, Iterator<Map.Entry<String, Plays>> songs, long timestamp, InFlight inFlight)
      throws InterruptedException {
    List<BoundStatement> rows = new ArrayList<>();
    while (songs.hasNext()) {
      Map.Entry<String, Plays> song = songs.next();
      Plays plays = song.getValue();
      rows.add(
          insert.bind(
              hour.start(),
              song.getKey(),
              plays.artists(),
              plays.plays(),
              plays.listeners(),
              timestamp));
      if (rows.size() == ROWS_PER_WRITE || !songs.hasNext()) {
        List<BoundStatement> full = List.copyOf(rows);
        inFlight.start(1, () -> session.executeAsync(session.batch(full)));
        rows.clear();
      }
    }
  }

  /** Deletes what was written no later than a timestamp; one tombstone, however many rows. */
  public CompletionStage<?> delete(Hour hour, long timestamp) {
    return session.executeAsync(delete.bind(timestamp, hour.start()));
  }

  /** Write timestamp of the newest row, in microseconds; {@link Long#MIN_VALUE} without rows. */
  public CompletionStage<Long> newest(Hour hour) {
    return session
        .executeAsync(selectNewest.bind(hour.start()))
        .thenApply(
            found -> {
              Row row = found.one();
              return row == null || row.isNull(0) ? Long.MIN_VALUE : row.getLong(0);
            });
  }

  /**
   * Reads an hour.
   *
   * @param song called with each song's name and plays, on the driver's threads, one call after
   *     another
   */
  public CompletionStage<Void> forEach(Hour hour, BiConsumer<String, Plays> song) {
    return session.forEach(
        select.bind(hour.start()), row -> song.accept(row.getString(0), plays(row)));
  }

  /**
   * Reads several hours as one; a song that was played in some of them is there once.
   *
   * @param song called with each song's name and plays, by the thread that calls this
   */
  public void forEach(Collection<Hour> hours, BiConsumer<String, Plays> song) {
    new MergedSongs(hours.stream().map(this::read).toList()).forEach(song);
  }

  /** By name, in Cassandra's order. */
  private Iterator<Map.Entry<String, Plays>> read(Hour hour) {
    Iterator<Row> rows =
        session.execute(select.bind(hour.start()).setPageSize(ROWS_PER_PAGE)).iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Map.Entry<String, Plays> next() {
        Row row = rows.next();
        return Map.entry(row.getString(0), plays(row));
      }
    };
  }

  private static Plays plays(Row row) {
    return new Plays(row.getLong(2), row.getInt(3), row.getString(1));
  }
}
