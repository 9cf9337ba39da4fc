package io.playlog.catalogue;

import io.playlog.catalogue.SongRow.UnusableException;
import io.playlog.csv.CsvRow;
import io.playlog.csv.CsvRows;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.names.Names;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes songs of a file's rows, and counts those that are none. */
final class CatalogueReader {
  private final Path file;
  private final SongMemory memory;
  private final Map<Key, Song> songs = new LinkedHashMap<>();

  /** Songs share their equal values: an artist, an album and most numbers are in many of them. */
  private final Map<Object, Object> values = new HashMap<>();

  private final Tally leftOut = new Tally();
  private final Tally undated = new Tally();
  private long repeated;

  /** Songs of one name are kept apart by their artists. */
  private record Key(String name, String artists) {}

  CatalogueReader(Path file, SongMemory memory) {
    this.file = file;
    this.memory = memory;
  }

  /**
   * @throws PlaylogException if the file is no catalogue
   */
  Catalogue read(CsvRows rows) throws IOException {
    CsvRow first = nextRow(rows);
    if (first != null && isSeparatorLine(first)) {
      first = nextRow(rows);
    }
    if (first == null) {
      throw refused("the file is empty, expected a header and songs");
    }
    Header header = Header.of(file, first);
    rows.expectColumns(header.size());
    for (CsvRow row = nextRow(rows); row != null; row = nextRow(rows)) {
      add(header, row);
    }
    requireSongs();
    return new Catalogue(List.copyOf(songs.values()), leftOut, undated, repeated);
  }

  /** The next one that has a value. */
  private static CsvRow nextRow(CsvRows rows) throws IOException {
    CsvRow row = rows.next();
    while (row != null && row.problem() == null && CsvRows.isEmpty(row.fields())) {
      row = rows.next();
    }
    return row;
  }

  /** Spreadsheets write {@code sep=,} above the header, for themselves. */
  private static boolean isSeparatorLine(CsvRow row) {
    return row.fields().equals(List.of("sep=", ""));
  }

  private void add(Header header, CsvRow row) {
    if (row.problem() != null) {
      leftOut.add(row.line(), ": " + row.problem());
      return;
    }
    String name = Names.toNfc(header.name(row));
    Key key = new Key(name, Names.toNfc(header.text(row, SongColumn.ARTISTS)));
    if (Names.isBlank(name)) {
      leftOut.add(row.line(), ": no name");
    } else if (songs.containsKey(key)) {
      repeated++;
    } else {
      add(header, row, key);
    }
  }

  private void add(Header header, CsvRow row, Key key) {
    SongRow columns = new SongRow(header, row);
    Song song;
    try {
      song = song(key.name(), columns);
    } catch (UnusableException e) {
      leftOut.add(row.line(), ", " + e.getMessage());
      return;
    }
    memory.add(file, row.line(), song);
    song = shared(song);
    songs.put(new Key(song.name(), (String) song.get(SongColumn.ARTISTS)), song);
    if (header.has(SongColumn.ALBUM_RELEASE_DATE)
        && song.get(SongColumn.ALBUM_RELEASE_DATE) == null) {
      columns
          .problemOfDate(SongColumn.ALBUM_RELEASE_DATE)
          .ifPresentOrElse(problem -> undated.add(row.line(), ", " + problem), undated::add);
    }
  }

  private Song song(String name, SongRow columns) throws UnusableException {
    Map<SongColumn, Object> found = new EnumMap<>(SongColumn.class);
    for (SongColumn column : SongColumn.values()) {
      Object value = columns.value(column);
      if (value != null) {
        found.put(column, value);
      }
    }
    return new Song(name, found);
  }

  /** Only of songs that are kept: what is left out takes no memory. */
  private Song shared(Song song) {
    Map<SongColumn, Object> same = new EnumMap<>(song.values());
    same.replaceAll((column, value) -> values.computeIfAbsent(value, any -> any));
    return new Song(song.name(), same);
  }

  private void requireSongs() {
    long usable = songs.size() + repeated;
    if (songs.isEmpty() && leftOut.count() == 0) {
      throw refused("no songs below the header");
    }
    if (leftOut.count() > usable) {
      throw refused(
          "%d of %d rows cannot be used, expected half of them at most: %s"
              .formatted(leftOut.count(), leftOut.count() + usable, leftOut.reasons()));
    }
  }

  private PlaylogException refused(String problem) {
    return new PlaylogException(ErrorCode.BAD_CATALOGUE, file + ": " + problem);
  }
}
