package io.playlog.catalogue;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One line of the catalogue's file, read column by column. */
final class SongRow {
  private static final String NAME = "name";

  private final Path file;
  private final CsvRecord row;
  private final Map<String, Integer> header;

  /**
   * @param header index by column name, from {@link #header}
   */
  SongRow(Path file, CsvRecord row, Map<String, Integer> header) {
    this.file = file;
    this.row = row;
    this.header = header;
  }

  /**
   * @throws PlaylogException if a column is missing that every song needs
   */
  static Map<String, Integer> header(Path file, List<String> found) {
    Map<String, Integer> header = new HashMap<>();
    for (int i = 0; i < found.size(); i++) {
      header.putIfAbsent(found.get(i), i);
    }
    List<String> missing =
        Arrays.stream(SongColumn.values())
            .filter(column -> !column.type().isOptional())
            .map(SongColumn::columnName)
            .filter(name -> !header.containsKey(name))
            .toList();
    if (!missing.isEmpty() || !header.containsKey(NAME)) {
      throw new PlaylogException(
          ErrorCode.BAD_CATALOGUE,
          "%s, line 1: found the columns %s, expected also %s"
              .formatted(
                  file,
                  String.join(",", found),
                  header.containsKey(NAME)
                      ? String.join(",", missing)
                      : String.join(",", NAME, String.join(",", missing))));
    }
    return header;
  }

  String name() {
    return row.getField(header.get(NAME));
  }

  Song toSong() {
    return Song.of(name(), this::value);
  }

  private Object value(SongColumn column) {
    return switch (column.type()) {
      case TEXT -> text(column);
      case REQUIRED_TEXT -> required(column);
      case OPTIONAL_TEXT -> text(column).isEmpty() ? null : text(column);
      case MILLISECONDS -> milliseconds(column);
      case NUMBER -> number(column);
      case OPTIONAL_DATE -> date(column);
    };
  }

  /** Empty where the file lacks the column. */
  private String text(SongColumn column) {
    Integer index = header.get(column.columnName());
    return index == null ? "" : row.getField(index);
  }

  private String required(SongColumn column) {
    String text = text(column);
    if (text.isBlank()) {
      throw unexpected(column, "a value");
    }
    return text;
  }

  private int milliseconds(SongColumn column) {
    try {
      int milliseconds = Integer.parseInt(text(column));
      if (milliseconds >= 0) {
        return milliseconds;
      }
    } catch (NumberFormatException e) {
      // Reported below, like a negative one.
    }
    throw unexpected(column, "milliseconds, such as 214994");
  }

  private float number(SongColumn column) {
    try {
      // Float.parseFloat would take "0.75f" and line ends.
      float number = new BigDecimal(text(column)).floatValue();
      if (Float.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, like a number that is too large.
    }
    throw unexpected(column, "a number, such as 0.75");
  }

  private LocalDate date(SongColumn column) {
    String text = text(column);
    try {
      return text.isEmpty() ? null : LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw unexpected(column, "a date, such as 2024-01-12, or nothing");
    }
  }

  private PlaylogException unexpected(SongColumn column, String expected) {
    return new PlaylogException(
        ErrorCode.BAD_CATALOGUE,
        "%s, line %d, column %s: found \"%s\", expected %s"
            .formatted(
                file, row.getStartingLineNumber(), column.columnName(), text(column), expected));
  }
}
