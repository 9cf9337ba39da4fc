package io.playlog.producer.importing.formats;

import io.playlog.csv.CsvRow;
import io.playlog.csv.CsvRows;
import io.playlog.listen.Listen.Details;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Scrobbles in a table. With a header its columns {@code uts}, {@code artist}, {@code track} and
 * {@code album} are looked at; without one a row is artist, album, title and time. The time is when
 * a song began.
 */
final class LastfmCsv {
  /** Of a table without a header. */
  private static final int COLUMNS = 4;

  /** A table may begin with what is playing now, which has no time, and with broken rows. */
  private static final int ROWS_TO_KNOW = 10;

  /**
   * Where the columns are.
   *
   * @param size how many there are
   * @param album -1 for none
   * @param isInSeconds else the time is as people write it
   */
  record Columns(int size, int time, int artist, int album, int song, boolean isInSeconds) {
    private static final Columns WITHOUT_HEADER = new Columns(COLUMNS, 3, 0, 1, 2, false);

    /** Empty if the row is no header of such a table. */
    private static Optional<Columns> of(CsvRow row) {
      List<String> names = new ArrayList<>();
      row.fields().forEach(name -> names.add(name.strip().toLowerCase(Locale.ROOT)));
      Columns columns =
          new Columns(
              names.size(),
              names.indexOf("uts"),
              names.indexOf("artist"),
              names.indexOf("album"),
              names.indexOf("track"),
              true);
      return columns.time < 0 || columns.artist < 0 || columns.song < 0
          ? Optional.empty()
          : Optional.of(columns);
    }
  }

  private LastfmCsv() {}

  /**
   * @param head the begin of a file
   * @return empty if it is no such table
   */
  static Optional<Columns> columns(InputStream head) throws IOException {
    CsvRows rows = new CsvRows(new ByteLines(head));
    CsvRow first = nextRow(rows);
    if (first == null) {
      return Optional.empty();
    }
    Optional<Columns> columns = Columns.of(first);
    CsvRow row = first;
    for (int i = 0; i < ROWS_TO_KNOW && row != null && columns.isEmpty(); i++) {
      if (row.fields().size() == COLUMNS && isTime(row.fields().get(COLUMNS - 1))) {
        columns = Optional.of(Columns.WITHOUT_HEADER);
      }
      row = nextRow(rows);
    }
    return columns;
  }

  private static boolean isTime(String field) {
    try {
      Times.english(field);
      return true;
    } catch (UnreadableException e) {
      return false;
    }
  }

  /** The next one that has a value. */
  private static CsvRow nextRow(CsvRows rows) throws IOException {
    CsvRow row = rows.next();
    while (row != null && row.problem() == null && CsvRows.isEmpty(row.fields())) {
      row = rows.next();
    }
    return row;
  }

  /**
   * Reads all.
   *
   * @throws IOException if the file itself cannot be read on
   */
  static void read(String file, InputStream in, Columns columns, Plays plays) throws IOException {
    CsvRows rows = new CsvRows(new ByteLines(in));
    rows.expectColumns(columns.size());
    if (columns.isInSeconds()) {
      nextRow(rows);
    }
    for (CsvRow row = nextRow(rows); row != null; row = nextRow(rows)) {
      Place place = new Place(file, "line", row.line());
      plays.found();
      Play play;
      try {
        play = play(row, columns);
      } catch (UnreadableException e) {
        plays.unreadable(place, e.getMessage());
        if (e.isBroken()) {
          plays.damaged(place);
        }
        continue;
      }
      plays.play(place, play);
    }
  }

  private static Play play(CsvRow row, Columns columns) throws UnreadableException {
    if (row.problem() != null) {
      throw UnreadableException.broken(row.problem());
    }
    String time = row.fields().get(columns.time());
    if (time.isBlank()) {
      throw Times.missing();
    }
    long start = columns.isInSeconds() ? Times.seconds(time) : Times.english(time);
    String album = columns.album() < 0 ? null : ByteLines.decode(row.fields().get(columns.album()));
    Details details =
        new Details(
            ByteLines.decode(row.fields().get(columns.artist())), album, null, LastfmJson.SOURCE);
    return Play.ofListen(ByteLines.decode(row.fields().get(columns.song())), start, details);
  }
}
