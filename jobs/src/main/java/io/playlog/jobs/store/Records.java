package io.playlog.jobs.store;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.playlog.catalogue.SongColumn;
import io.playlog.jobs.cassandra.CassandraSession;
import io.playlog.listen.Listen;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The table {@code records}: every listen with its song's columns. It is read by slices of one
 * listener's time, never scanned.
 */
public final class Records {
  private static final String SONG_COLUMNS =
      Arrays.stream(SongColumn.values())
          .map(SongColumn::columnName)
          .collect(Collectors.joining(", "));
  private static final int FIRST_SONG_COLUMN = 3;
  private static final String INSERT =
      "INSERT INTO %%s.records (name, event_time, song_name, %s) VALUES (%s)"
          .formatted(
              SONG_COLUMNS,
              String.join(
                  ", ", Collections.nCopies(FIRST_SONG_COLUMN + SongColumn.values().length, "?")));
  private static final String SLICE =
      " FROM %s.records WHERE name = ? AND event_time >= ? AND event_time < ?";
  private static final String SELECT_KEYS = "SELECT event_time, song_name" + SLICE;
  private static final String SELECT_LISTENS =
      "SELECT event_time, song_name, artists, duration_ms, danceability, energy, valence, tempo"
          + SLICE;

  private final CassandraSession session;
  private final PreparedStatement insert;
  private final PreparedStatement selectKeys;
  private final PreparedStatement selectListens;

  public Records(CassandraSession session) {
    this.session = session;
    this.insert = session.prepare(INSERT);
    this.selectKeys = session.prepare(SELECT_KEYS);
    this.selectListens = session.prepare(SELECT_LISTENS);
  }

  /**
   * The row of a listen.
   *
   * @param song null if the catalogue does not know it
   */
  BoundStatement row(Listen listen, SongColumns song) {
    BoundStatementBuilder row =
        insert
            .boundStatementBuilder()
            .setString(0, listen.name())
            .setInstant(1, Instant.ofEpochMilli(listen.eventTimestamp()))
            .setString(2, listen.song());
    return (song == null ? row : song.bind(row, FIRST_SONG_COLUMN)).build();
  }

  /**
   * Reads the keys of a listener's slice.
   *
   * @param to not included
   * @param key called with time and song name of each row, in clustering order
   */
  public CompletionStage<Void> forEachKey(
      String name, Instant from, Instant to, BiConsumer<Instant, String> key) {
    return session.forEach(
        selectKeys.bind(name, from, to), row -> key.accept(row.getInstant(0), row.getString(1)));
  }

  /**
   * Reads a listener's slice.
   *
   * @param to not included
   * @param listen called with each row, in clustering order
   */
  public CompletionStage<Void> forEachListen(
      String name, Instant from, Instant to, Consumer<StoredListen> listen) {
    return session.forEach(
        selectListens.bind(name, from, to), row -> listen.accept(storedListen(row)));
  }

  private static StoredListen storedListen(Row row) {
    // The catalogue refuses a song without its numbers, so this one tells whether all are there.
    boolean matched = !row.isNull(3);
    return new StoredListen(
        row.getInstant(0),
        row.getString(1),
        matched
            ? new StoredListen.Features(
                row.getString(2),
                row.getInt(3),
                row.getFloat(4),
                row.getFloat(5),
                row.getFloat(6),
                row.getFloat(7))
            : null);
  }
}
