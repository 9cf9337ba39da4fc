package io.playlog.store;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.playlog.cassandra.CassandraSession;
import io.playlog.catalogue.SongColumn;
import io.playlog.listen.Listen;
import io.playlog.listen.Listen.Details;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The table {@code records}: every listen with its song's columns, and what its message says
 * besides. It is read by slices of one listener's time, never scanned.
 */
public final class Records {
  private static final String SONG_COLUMNS =
      Arrays.stream(SongColumn.values())
          .map(SongColumn::columnName)
          .collect(Collectors.joining(", "));
  private static final int FIRST_SONG_COLUMN = 3;
  private static final int SONG_COLUMN_COUNT = SongColumn.values().length;

  /**
   * Of most listens. A row without a value for each column of its statement costs Cassandra more to
   * write, and to read.
   */
  private static final String INSERT = insert(SONG_COLUMNS);

  private static final String INSERT_PLAYED = insert(SONG_COLUMNS + ", ms_played, source");
  private static final String TIME = " AND event_time >= ? AND event_time < ?";
  private static final String SLICE = " FROM %s.records WHERE name = ?" + TIME;
  private static final String SELECT_KEYS = "SELECT event_time, song_name" + SLICE;
  private static final String LISTENS =
      "SELECT event_time, song_name, artists, ms_played, duration_ms, danceability, energy,"
          + " valence, tempo";
  private static final String SELECT_LISTENS =
      LISTENS + ", name FROM %s.records WHERE name IN ?" + TIME;
  private static final String SELECT_WITH_ALBUMS = LISTENS + ", album_name" + SLICE + " LIMIT ?";
  private static final String SELECT_MESSAGES =
      "SELECT event_time, song_name, duration_ms, artists, album_name, ms_played, source" + SLICE;
  private static final String SELECT_WRITTEN =
      "SELECT event_time, song_name, writetime(duration_ms)" + SLICE;
  private static final String DELETE = "DELETE FROM %s.records USING TIMESTAMP ?";
  private static final String DELETE_SLICE =
      DELETE + " WHERE name = ? AND event_time >= ? AND event_time < ?";
  private static final String DELETE_ONE =
      DELETE + " WHERE name = ? AND event_time = ? AND song_name = ?";

  private final CassandraSession session;
  private final PreparedStatement insert;
  private final PreparedStatement insertPlayed;
  private final PreparedStatement selectKeys;
  private final PreparedStatement selectListens;
  private final PreparedStatement selectWritten;
  private final PreparedStatement deleteSlice;
  private final PreparedStatement deleteOne;

  public Records(CassandraSession session) {
    this.session = session;
    this.insert = session.prepare(INSERT);
    this.insertPlayed = session.prepare(INSERT_PLAYED);
    this.selectKeys = session.prepare(SELECT_KEYS);
    this.selectListens = session.prepare(SELECT_LISTENS);
    this.selectWritten = session.prepare(SELECT_WRITTEN);
    this.deleteSlice = session.prepare(DELETE_SLICE);
    this.deleteOne = session.prepare(DELETE_ONE);
  }

  private static String insert(String columns) {
    String all = "name, event_time, song_name, " + columns;
    return "INSERT INTO %%s.records (%s) VALUES (%s)".formatted(all, all.replaceAll("\\w+", "?"));
  }

  /**
   * The row of a listen.
   *
   * @param song null if the catalogue does not know it
   */
  BoundStatement row(Listen listen, SongColumns song) {
    Details details = listen.details();
    boolean played = details.msPlayed() != null || details.source() != null;
    BoundStatementBuilder row =
        (played ? insertPlayed : insert)
            .boundStatementBuilder()
            .setString(0, listen.name())
            .setInstant(1, Instant.ofEpochMilli(listen.eventTimestamp()))
            .setString(2, listen.song());
    if (song != null) {
      row = song.bind(row, FIRST_SONG_COLUMN);
    }
    return bind(row, details, song).build();
  }

  /** Of artist and album the catalogue's counts, where it has one; nulls stay unset. */
  private static BoundStatementBuilder bind(
      BoundStatementBuilder row, Details details, SongColumns song) {
    BoundStatementBuilder bound = row;
    if (details.artist() != null && song == null) {
      bound = bound.setString(column(SongColumn.ARTISTS), details.artist());
    }
    if (details.album() != null && (song == null || !song.has(SongColumn.ALBUM_NAME))) {
      bound = bound.setString(column(SongColumn.ALBUM_NAME), details.album());
    }
    if (details.msPlayed() != null) {
      bound = bound.setInt(FIRST_SONG_COLUMN + SONG_COLUMN_COUNT, details.msPlayed());
    }
    if (details.source() != null) {
      bound = bound.setString(FIRST_SONG_COLUMN + SONG_COLUMN_COUNT + 1, details.source());
    }
    return bound;
  }

  private static int column(SongColumn column) {
    return FIRST_SONG_COLUMN + column.ordinal();
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
   * Reads listeners' slices.
   *
   * @param names which the same nodes hold
   * @param to not included
   * @param listen called with each row's listener and the row, in clustering order
   */
  public CompletionStage<Void> forEachListen(
      List<String> names, Instant from, Instant to, BiConsumer<String, StoredListen> listen) {
    return session.forEach(
        session.routed(selectListens.bind(names, from, to), names.get(0)),
        row -> listen.accept(row.getString(9), storedListen(row)));
  }

  /**
   * Reads a listener's slice with the album of each listen.
   *
   * @param to not included
   * @param limit of rows, from the oldest on
   * @param listen called with each row, in clustering order, and its album's name, which is null if
   *     neither the catalogue nor the message names it
   */
  public CompletionStage<Void> forEachListen(
      String name, Instant from, Instant to, int limit, BiConsumer<StoredListen, String> listen) {
    return session.forEach(
        // Prepared when it is asked for: the stream, which has many of this class, never does.
        session.prepare(SELECT_WITH_ALBUMS).bind(name, from, to, limit),
        row -> listen.accept(storedListen(row), row.getString(9)));
  }

  /**
   * Reads the unmatched listens of a listener's slice, each as its message said it.
   *
   * @param to not included
   */
  public CompletionStage<Void> forEachUnmatched(
      String name, Instant from, Instant to, Consumer<Listen> listen) {
    return session.forEach(
        session.prepare(SELECT_MESSAGES).bind(name, from, to),
        row -> {
          if (row.isNull(2)) {
            listen.accept(message(name, row));
          }
        });
  }

  /**
   * A listen as it can be handed on.
   *
   * @param listen with the catalogue's artists and album, where it knows the song
   * @param durationMs of the song; null if the catalogue does not know it
   */
  public record Told(Listen listen, Integer durationMs) {}

  /**
   * A listener's slice, read page by page, the oldest first.
   *
   * @param to not included
   */
  public Iterable<Told> readTold(String name, Instant from, Instant to) {
    return session
        .execute(session.prepare(SELECT_MESSAGES).bind(name, from, to))
        .map(row -> new Told(message(name, row), integer(row, 2)));
  }

  private static Listen message(String name, Row row) {
    return new Listen(
        name,
        row.getString(1),
        row.getInstant(0).toEpochMilli(),
        new Details(row.getString(3), row.getString(4), integer(row, 5), row.getString(6)));
  }

  /**
   * The key of a row within its listener.
   *
   * @param writeTime of its song's features, in microseconds; null if it has none: when such a row
   *     was written cannot be asked
   */
  public record Written(Instant eventTime, String songName, Long writeTime) {}

  /**
   * A listener's slice, read page by page.
   *
   * @param to not included
   */
  public Iterable<Written> readWritten(String name, Instant from, Instant to) {
    return session
        .execute(selectWritten.bind(name, from, to))
        .map(row -> new Written(row.getInstant(0), row.getString(1), row.get(2, Long.class)));
  }

  /**
   * Deletes what was written no later than a timestamp; one tombstone, however many rows.
   *
   * @param to not included
   */
  public void delete(String name, Instant from, Instant to, long timestamp) {
    session.execute(deleteSlice.bind(timestamp, name, from, to));
  }

  /** Deletes a row if it was written no later than a timestamp. */
  public CompletionStage<?> delete(String name, Written row, long timestamp) {
    return session.executeAsync(deleteOne.bind(timestamp, name, row.eventTime(), row.songName()));
  }

  /** Null if it is unset. */
  private static Integer integer(Row row, int column) {
    return row.isNull(column) ? null : row.getInt(column);
  }

  private static StoredListen storedListen(Row row) {
    // The catalogue has no song without its numbers, so this one tells whether all are there.
    boolean matched = !row.isNull(4);
    String artists = row.getString(2);
    return new StoredListen(
        row.getInstant(0),
        row.getString(1),
        artists == null || artists.isEmpty() ? null : artists,
        integer(row, 3),
        matched
            ? new StoredListen.Features(
                row.getInt(4), row.getFloat(5), row.getFloat(6), row.getFloat(7), row.getFloat(8))
            : null);
  }
}
