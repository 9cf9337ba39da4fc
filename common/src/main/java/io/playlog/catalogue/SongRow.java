package io.playlog.catalogue;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;

/** One line of the catalogue's file, read column by column. */
final class SongRow {
  static final List<String> COLUMNS =
      List.of(
          "name",
          "artists",
          "duration_ms",
          "album_name",
          "album_release_date",
          "danceability",
          "energy",
          "key",
          "loudness",
          "mode",
          "speechiness",
          "acousticness",
          "instrumentalness",
          "liveness",
          "valence",
          "tempo");

  private final Path file;
  private final CsvRecord row;

  SongRow(Path file, CsvRecord row) {
    this.file = file;
    this.row = row;
  }

  String name() {
    return text("name");
  }

  Song toSong() {
    return new Song(
        name(),
        text("artists"),
        duration("duration_ms"),
        textOrNull("album_name"),
        date("album_release_date"),
        number("danceability"),
        number("energy"),
        required("key"),
        number("loudness"),
        required("mode"),
        number("speechiness"),
        number("acousticness"),
        number("instrumentalness"),
        number("liveness"),
        number("valence"),
        number("tempo"));
  }

  private String text(String column) {
    return row.getField(COLUMNS.indexOf(column));
  }

  private String textOrNull(String column) {
    String text = text(column);
    return text.isEmpty() ? null : text;
  }

  private String required(String column) {
    String text = text(column);
    if (text.isBlank()) {
      throw unexpected(column, "a value");
    }
    return text;
  }

  private int duration(String column) {
    try {
      int milliseconds = Integer.parseInt(text(column));
      if (milliseconds >= 0) {
        return milliseconds;
      }
    } catch (NumberFormatException e) {
      // Told below, like a negative one.
    }
    throw unexpected(column, "milliseconds, such as 214994");
  }

  private float number(String column) {
    try {
      // Float.parseFloat would take "0.75f" and line ends.
      float number = new BigDecimal(text(column)).floatValue();
      if (Float.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number that is too large.
    }
    throw unexpected(column, "a number, such as 0.75");
  }

  private LocalDate date(String column) {
    String text = text(column);
    try {
      return text.isEmpty() ? null : LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw unexpected(column, "a date, such as 2024-01-12, or nothing");
    }
  }

  private PlaylogException unexpected(String column, String expected) {
    return new PlaylogException(
        ErrorCode.BAD_CATALOGUE,
        "%s, line %d, column %s: found \"%s\", expected %s"
            .formatted(file, row.getStartingLineNumber(), column, text(column), expected));
  }
}
