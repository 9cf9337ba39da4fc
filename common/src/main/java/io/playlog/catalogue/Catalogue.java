package io.playlog.catalogue;

import io.playlog.csv.CsvRows;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The songs of a catalogue file. Of rows with the same name and the same artists the first counts
 * that can be used.
 */
public final class Catalogue {
  private final List<Song> songs;
  private final Tally leftOut;
  private final Tally undated;
  private final long repeated;

  Catalogue(List<Song> songs, Tally leftOut, Tally undated, long repeated) {
    this.songs = songs;
    this.leftOut = leftOut;
    this.undated = undated;
    this.repeated = repeated;
  }

  /**
   * Reads a CSV file (RFC 4180: quotes inside a quoted field are doubled) in UTF-8, row by row: its
   * songs are in memory, the file never is. Rows that cannot be used are left out.
   *
   * @throws PlaylogException if the file is missing or no catalogue, has more songs than there is
   *     memory for, or was changed while it was read
   */
  public static Catalogue read(Path file) {
    return read(file, SongMemory.halfOfTheHeap());
  }

  static Catalogue read(Path file, SongMemory memory) {
    FileVersion before = FileVersion.of(file);
    try {
      requireFile(file);
      Catalogue catalogue = readLines(file, memory);
      requireUnchanged(file, before);
      return catalogue;
    } catch (NoSuchFileException e) {
      throw new PlaylogException(
          ErrorCode.BAD_CATALOGUE,
          file + ": there is no such file; set playlog.catalogue.path to the catalogue's CSV");
    } catch (IOException e) {
      throw new PlaylogException(ErrorCode.BAD_CATALOGUE, file + ": cannot be read: " + e);
    } catch (PlaylogException e) {
      // What is wrong with half a file is not worth knowing.
      requireUnchanged(file, before);
      throw e;
    }
  }

  private static Catalogue readLines(Path file, SongMemory memory) throws IOException {
    try (Utf8Lines lines = Utf8Lines.open(file)) {
      return new CatalogueReader(file, memory).read(new CsvRows(lines));
    }
  }

  /** Who reads a pipe that nobody writes to waits for ever, and what was read is gone. */
  private static void requireFile(Path file) throws IOException {
    BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
    if (!found.isRegularFile()) {
      throw new PlaylogException(
          ErrorCode.BAD_CATALOGUE,
          "%s: found %s, expected a file"
              .formatted(file, found.isDirectory() ? "a folder" : "a pipe or a device"));
    }
  }

  private static void requireUnchanged(Path file, FileVersion before) {
    if (!before.equals(FileVersion.of(file))) {
      throw new PlaylogException(
          ErrorCode.BAD_CATALOGUE,
          file + ": was changed while it was read; put a new file in its place by renaming it");
    }
  }

  /** In the file's order, no two with the same name and the same artists. */
  public List<Song> songs() {
    return songs;
  }

  /** One line for logs: how many songs, and what was left out. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%,d songs; rows left out: %,d that cannot be used, %,d repeated; songs without a release date: %,d",
        songs.size(),
        leftOut.count(),
        repeated,
        undated.count());
  }

  /** Lines for logs: what cannot be used, the first few with their reasons; mostly none. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (leftOut.hasReasons()) {
      warnings.add("Rows left out that cannot be used: " + leftOut.reasons());
    }
    if (undated.hasReasons()) {
      warnings.add("Songs left without a release date: " + undated.reasons());
    }
    return warnings;
  }
}
