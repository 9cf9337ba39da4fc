package io.playlog.catalogue;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The songs of a catalogue file, found by their name. Of rows with the same name the first counts.
 *
 * @param songs in the file's order, names distinct
 * @param namelessLines lines left out since they have no name, which no listen can match
 * @param repeatedLines lines left out since an earlier one has the same name
 */
public record Catalogue(List<Song> songs, List<Long> namelessLines, List<Long> repeatedLines) {

  /**
   * Reads a CSV file (RFC 4180: quotes inside a field are doubled) in UTF-8.
   *
   * <p>The line end that is added shows a quote left open, as in a half-written file: it becomes
   * part of the last field, which then is no number.
   *
   * @throws PlaylogException if the file is missing, empty, not in the expected form, or changed
   *     while it was read
   */
  public static Catalogue read(Path file) {
    try (CsvReader<CsvRecord> rows =
        CsvReader.builder().acceptCharsAfterQuotes(false).ofCsvRecord(Utf8File.read(file) + "\n")) {
      return read(file, rows.iterator());
    } catch (NoSuchFileException e) {
      throw new PlaylogException(
          ErrorCode.BAD_CATALOGUE,
          file + ": there is no such file; set playlog.catalogue.path to the catalogue's CSV");
    } catch (IOException e) {
      throw new PlaylogException(ErrorCode.BAD_CATALOGUE, file + ": cannot be read: " + e);
    } catch (CsvParseException e) {
      throw new PlaylogException(
          ErrorCode.BAD_CATALOGUE,
          "%s: not in the form of CSV: %s (%s)"
              .formatted(file, e.getMessage(), e.getCause().getMessage()));
    }
  }

  private static Catalogue read(Path file, Iterator<CsvRecord> rows) {
    if (!rows.hasNext()) {
      throw new PlaylogException(
          ErrorCode.BAD_CATALOGUE, file + ": the file is empty, expected a header and songs");
    }
    List<String> columns = rows.next().getFields();
    Map<String, Integer> header = SongRow.header(file, columns);
    Map<String, Song> songs = new LinkedHashMap<>();
    List<Long> nameless = new ArrayList<>();
    List<Long> repeated = new ArrayList<>();
    while (rows.hasNext()) {
      CsvRecord row = rows.next();
      requireFields(file, row, columns.size());
      SongRow song = new SongRow(file, row, header);
      if (song.name().isBlank()) {
        nameless.add(row.getStartingLineNumber());
      } else if (songs.putIfAbsent(song.name(), song.toSong()) != null) {
        repeated.add(row.getStartingLineNumber());
      }
    }
    if (songs.isEmpty()) {
      throw new PlaylogException(ErrorCode.BAD_CATALOGUE, file + ": no songs below the header");
    }
    return new Catalogue(List.copyOf(songs.values()), nameless, repeated);
  }

  private static void requireFields(Path file, CsvRecord row, int expected) {
    if (row.getFieldCount() != expected) {
      throw new PlaylogException(
          ErrorCode.BAD_CATALOGUE,
          "%s, line %d: found %d fields, expected %d"
              .formatted(file, row.getStartingLineNumber(), row.getFieldCount(), expected));
    }
  }

  /** One line for logs: how many songs, and what was left out. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%,d songs; left out: %d without a name%s, %d repeated%s",
        songs.size(),
        namelessLines.size(),
        lines(namelessLines),
        repeatedLines.size(),
        lines(repeatedLines));
  }

  private static String lines(List<Long> lines) {
    if (lines.isEmpty()) {
      return "";
    }
    String more = lines.size() > 5 ? ", ..." : "";
    return " (line "
        + lines.stream().limit(5).map(String::valueOf).reduce((a, b) -> a + ", " + b).get()
        + more
        + ")";
  }
}
