package io.playlog.catalogue;

import io.playlog.csv.CsvRow;
import io.playlog.names.Names;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/** A row of the catalogue's file, read column by column. */
final class SongRow {
  /** Longer than any number that a data set has; some take long to read. */
  private static final int MAX_NUMBER = 100;

  /** What tables make of whole numbers in a column that also has gaps. */
  private static final Pattern WHOLE_NUMBER_AS_DECIMAL = Pattern.compile("-?[0-9]{1,9}\\.0+");

  private static final int ISO_DATE = "2024-01-12".length();

  private final Header header;
  private final CsvRow row;

  SongRow(Header header, CsvRow row) {
    this.header = header;
    this.row = row;
  }

  /** The row has a value that its song needs and that cannot be used; the message says which. */
  static final class UnusableException extends Exception {
    private UnusableException(SongColumn column, String found, String expected) {
      super(message(column, found, expected), null, false, false);
    }
  }

  private static String message(SongColumn column, String found, String expected) {
    return "column %s: found %s, expected %s"
        .formatted(column.columnName(), Found.value(found), expected);
  }

  /** Null where the song has no value. */
  Object value(SongColumn column) throws UnusableException {
    return switch (column.type()) {
      case TEXT -> text(column);
      case REQUIRED_TEXT -> required(column);
      case OPTIONAL_TEXT -> text(column).isEmpty() ? null : text(column);
      case MILLISECONDS -> milliseconds(column);
      case NUMBER -> number(column);
      case OPTIONAL_DATE -> date(column);
    };
  }

  /** What is wrong with a date that is there; empty if nothing is. */
  Optional<String> problemOfDate(SongColumn column) {
    return text(column).isBlank() || date(column) != null
        ? Optional.empty()
        : Optional.of(message(column, text(column), "a day, such as 2024-01-12"));
  }

  private String text(SongColumn column) {
    return Names.toNfc(header.text(row, column));
  }

  private String required(SongColumn column) throws UnusableException {
    String text = text(column).strip();
    if (text.isEmpty()) {
      throw new UnusableException(column, text(column), "a value");
    }
    return WHOLE_NUMBER_AS_DECIMAL.matcher(text).matches()
        ? text.substring(0, text.indexOf('.'))
        : text;
  }

  private int milliseconds(SongColumn column) throws UnusableException {
    try {
      int milliseconds = decimal(column).intValueExact();
      if (milliseconds >= 0) {
        return milliseconds;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // Told of below, like a negative one.
    }
    throw new UnusableException(column, text(column), "milliseconds, such as 214994");
  }

  private float number(SongColumn column) throws UnusableException {
    try {
      // Float.parseFloat would take "0.75f" and "NaN".
      float number = decimal(column).floatValue();
      if (Float.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told of below, like a number that is too large.
    }
    throw new UnusableException(column, text(column), "a number, such as 0.75");
  }

  private BigDecimal decimal(SongColumn column) {
    String text = text(column).strip();
    if (text.length() > MAX_NUMBER) {
      throw new NumberFormatException();
    }
    return new BigDecimal(text);
  }

  /** Null if there is none, or only a year or a month. A time of day after it is left out. */
  private LocalDate date(SongColumn column) {
    String text = text(column).strip();
    boolean hasTime =
        text.length() > ISO_DATE && (text.charAt(ISO_DATE) == 'T' || text.charAt(ISO_DATE) == ' ');
    try {
      LocalDate date = LocalDate.parse(hasTime ? text.substring(0, ISO_DATE) : text);
      // A year 0000 stands for none, and not every client can show a year of five digits.
      return date.getYear() >= 1 && date.getYear() <= 9999 ? date : null;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
