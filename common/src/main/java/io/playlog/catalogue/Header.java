package io.playlog.catalogue;

import io.playlog.csv.CsvRow;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.names.FoldedName;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a file has its columns. They are found by the letters and digits of their names, without
 * case: {@code Duration (MS)} is {@code duration_ms}.
 */
final class Header {
  private static final String NAME = "name";

  /** Enough for any table; what is no table may have a first line of megabytes. */
  private static final int MAX_SHOWN = 1000;

  private final Map<SongColumn, Integer> columns = new EnumMap<>(SongColumn.class);
  private final int size;
  private Integer name;

  private Header(int size) {
    this.size = size;
  }

  /**
   * @throws PlaylogException if a column is missing that every song needs, or one is there twice
   */
  static Header of(Path file, CsvRow row) {
    if (row.problem() != null) {
      throw refused(file, row, row.problem());
    }
    Header header = new Header(row.fields().size());
    for (int i = 0; i < header.size; i++) {
      Integer other = header.put(key(row.fields().get(i)), i);
      if (other != null) {
        throw twice(file, row, other, i);
      }
    }
    header.requireAll(file, row);
    return header;
  }

  /** Returns where the same column was found before; null if nowhere, or if it is none of ours. */
  private Integer put(String key, int index) {
    if (key.equals(NAME)) {
      Integer before = name;
      name = index;
      return before;
    }
    Optional<SongColumn> column =
        Arrays.stream(SongColumn.values())
            .filter(known -> key(known.columnName()).equals(key))
            .findFirst();
    return column.isPresent() ? columns.put(column.get(), index) : null;
  }

  private static String key(String columnName) {
    StringBuilder key = new StringBuilder();
    // Turkish programs write ARTİSTS.
    FoldedName.of(columnName)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(key::appendCodePoint);
    return key.toString();
  }

  private static PlaylogException twice(Path file, CsvRow row, int first, int second) {
    return refused(
        file,
        row,
        "found the same column twice, %s (field %d) and %s (field %d), expected it once"
            .formatted(
                Found.value(row.fields().get(first)),
                first + 1,
                Found.value(row.fields().get(second)),
                second + 1));
  }

  private void requireAll(Path file, CsvRow row) {
    String missing =
        Stream.concat(
                name == null ? Stream.of(NAME) : Stream.empty(),
                Arrays.stream(SongColumn.values())
                    .filter(column -> !column.type().isOptional() && !has(column))
                    .map(SongColumn::columnName))
            .collect(Collectors.joining(","));
    if (!missing.isEmpty()) {
      throw refused(
          file,
          row,
          "found the columns %s, expected also %s%s"
              .formatted(
                  Found.cut(String.join(",", row.fields()), MAX_SHOWN), missing, separator(row)));
    }
  }

  /** A hint for files with another separator. */
  private static String separator(CsvRow row) {
    List<String> fields = row.fields();
    boolean other = fields.size() == 1 && fields.get(0).matches("(?s).*[;\t|].*");
    return other ? "; columns are separated by commas, and numbers have a decimal point" : "";
  }

  private static PlaylogException refused(Path file, CsvRow row, String problem) {
    return new PlaylogException(
        ErrorCode.BAD_CATALOGUE, "%s, line %d: %s".formatted(file, row.line(), problem));
  }

  /** Number of columns. */
  int size() {
    return size;
  }

  boolean has(SongColumn column) {
    return columns.containsKey(column);
  }

  String name(CsvRow row) {
    return row.fields().get(name);
  }

  /** Empty where the file lacks the column. */
  String text(CsvRow row, SongColumn column) {
    Integer index = columns.get(column);
    return index == null ? "" : row.fields().get(index);
  }
}
