package io.playlog.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Catalogues that are read. Rows that are left out are in BadRowTest, files that are refused in
 * BadCatalogueTest.
 */
class CatalogueTest {
  static final String HEADER =
      "name,artists,duration_ms,album_name,album_release_date,danceability,energy,key,loudness,"
          + "mode,speechiness,acousticness,instrumentalness,liveness,valence,tempo";
  private static final String REST = ",0.1,0.2,3,-4.5,1,0.6,0.7,8.24e-06,0.9,1,120";

  private static final Song ADA =
      song(
          "Ada's \"Río\"\nPart 2",
          "A, B",
          214_994,
          "Álbum, 🎵",
          LocalDate.of(2024, 1, 12),
          0.1f,
          0.2f,
          "3",
          -4.5f,
          "1",
          0.6f,
          0.7f,
          8.24e-06f,
          0.9f,
          1f,
          120f);

  /** Values in the order of the columns; null for none, also for those that are not given. */
  private static Song song(String name, Object... values) {
    Object[] all = Arrays.copyOf(values, SongColumn.values().length);
    Map<SongColumn, Object> found = new EnumMap<>(SongColumn.class);
    for (SongColumn column : SongColumn.values()) {
      if (all[column.ordinal()] != null) {
        found.put(column, all[column.ordinal()]);
      }
    }
    return new Song(name, found);
  }

  private static final String ADA_ROW =
      "\"Ada's \"\"Río\"\"\nPart 2\",\"A, B\",214994,\"Álbum, 🎵\",2024-01-12" + REST;

  @TempDir private Path folder;

  @Test
  void everyColumn() throws IOException {
    assertThat(read(HEADER, ADA_ROW).songs()).containsExactly(ADA);
  }

  @Test
  void columnsAreFoundByTheirNames() throws IOException {
    String header = "more," + HEADER.replace("name,artists", "artists,name") + ",more";
    assertThat(read(header, "x,A,One,1,," + REST + ",y").songs())
        .singleElement()
        .satisfies(song -> assertThat(song.name()).isEqualTo("One"))
        .satisfies(song -> assertThat(song.get(SongColumn.ARTISTS)).isEqualTo("A"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Duration_MS",
        "DURATION MS",
        " duration-ms ",
        "durationMs",
        "Duration (ms)",
        "DURATİON_MS",
        "duratıon_ms",
        "duration_ms\u200b"
      })
  void columnsAreFoundByLettersAndDigits(String name) throws IOException {
    String header = HEADER.toUpperCase().replace("DURATION_MS", name);

    assertThat(read(header, ADA_ROW).songs()).containsExactly(ADA);
  }

  @Test
  void optionalColumnsMayBeMissing() throws IOException {
    String header = HEADER.replace("album_name,album_release_date,", "");
    Catalogue catalogue = read(header, "One,A,1" + REST);

    assertThat(catalogue.songs())
        .singleElement()
        .satisfies(song -> assertThat(song.get(SongColumn.ALBUM_NAME)).isNull());
    assertThat(catalogue.summary())
        .as("what the file has no column for is not missing")
        .endsWith("songs without a release date: 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void byteOrderMarkQuotesAndLineEnds(String lineEnd) throws IOException {
    Path file = folder.resolve("songs.csv");
    String quotedHeader = '"' + HEADER.replace(",", "\",\"") + '"';
    String row = '"' + ("One,A,0,," + REST).replace(",", "\",\"") + '"';
    Files.writeString(file, "\uFEFF" + quotedHeader + lineEnd + row + lineEnd);

    assertThat(Catalogue.read(file).songs())
        .singleElement()
        .satisfies(
            song -> {
              assertThat(song.name()).isEqualTo("One");
              assertThat(song.get(SongColumn.DURATION_MS)).isEqualTo(0);
              assertThat(song.get(SongColumn.ALBUM_NAME)).isNull();
              assertThat(song.get(SongColumn.ALBUM_RELEASE_DATE)).isNull();
              assertThat(song.get(SongColumn.TEMPO)).isEqualTo(120f);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void lineEndsInsideQuotesAreKept(String lineEnd) throws IOException {
    Path file = folder.resolve("songs.csv");
    String row = row("\"One\n\nand a \"\"half\"\"\"").replace("\n", lineEnd);
    Files.writeString(file, HEADER + lineEnd + row + lineEnd + row("Two"));

    assertThat(Catalogue.read(file).songs())
        .extracting(Song::name)
        .containsExactly("One" + lineEnd + lineEnd + "and a \"half\"", "Two");
  }

  /** Such as a column with the words of the songs. */
  @Test
  void longFieldsOfManyLinesAreKeptApart() throws IOException {
    String words = "la, la, \"\"la\"\"\n".repeat(5000);
    String row = row("One") + ",\"" + words + "\"";

    assertThat(read(HEADER + ",lyrics", row, row("Two") + ",x").songs())
        .extracting(Song::name)
        .containsExactly("One", "Two");
  }

  @Test
  void lastLineNeedsNoEnd() throws IOException {
    Path file = Files.writeString(folder.resolve("songs.csv"), HEADER + "\n" + row("One"));

    assertThat(Catalogue.read(file).songs()).extracting(Song::name).containsExactly("One");
  }

  @Test
  void linesWithoutAValueAreNoRows() throws IOException {
    Catalogue catalogue =
        read("sep=,", "", HEADER, "", row("One"), "", ",,,,,,,,,,,,,,,", " ", ",,,", "");

    assertThat(catalogue.songs()).extracting(Song::name).containsExactly("One");
    assertThat(catalogue.warnings()).isEmpty();
  }

  @Test
  void firstOfRowsWithTheSameNameAndArtistsCounts() throws IOException {
    Catalogue catalogue =
        read(
            HEADER,
            row("One").replace(",A,1,", ",A,x,"),
            row("One").replace(",A,1,", ",A,2,"),
            row("Two"),
            row("One"),
            row("One").replace(",A,", ",B,"),
            row("One").replace(",A,", ",\"A, B\","),
            row("One").replace(",A,", ",a,"),
            row("One").replace(",A,1,", ",B,x,"),
            row("one"),
            row("One "),
            row("Two"));

    assertThat(catalogue.songs())
        .extracting(
            Song::name,
            song -> song.get(SongColumn.ARTISTS),
            song -> song.get(SongColumn.DURATION_MS))
        .containsExactly(
            tuple("One", "A", 2),
            tuple("Two", "A", 1),
            tuple("One", "B", 1),
            tuple("One", "A, B", 1),
            tuple("One", "a", 1),
            tuple("one", "A", 1),
            tuple("One ", "A", 1));
    assertThat(catalogue.summary())
        .isEqualTo(
            "7 songs; rows left out: 1 that cannot be used, 3 repeated;"
                + " songs without a release date: 7");
  }

  @Test
  void namesAreInFormNfc() throws IOException {
    Catalogue catalogue = read(HEADER, row("Cafe\u0301"), row("Caf\u00e9"));

    assertThat(catalogue.songs()).extracting(Song::name).containsExactly("Caf\u00e9");
    assertThat(catalogue.summary()).contains("1 repeated");

    Song song =
        read(HEADER, "One,Zoe\u0308,1,Cafe\u0301," + REST, "One,Zo\u00eb,2,," + REST)
            .songs()
            .get(0);
    assertThat(song.get(SongColumn.ARTISTS)).isEqualTo("Zo\u00eb");
    assertThat(song.get(SongColumn.ALBUM_NAME)).isEqualTo("Caf\u00e9");
  }

  /** Quotes are only special where a field begins with one. */
  @ParameterizedTest
  @ValueSource(strings = {"My \"Best\" Song", "One\"", "7\" Mix", "'One, two'"})
  void quotesInsideUnquotedFieldsAreCharacters(String name) throws IOException {
    String written = name.contains(",") ? '"' + name + '"' : name;

    assertThat(read(HEADER, row(written), row("Two")).songs())
        .extracting(Song::name)
        .containsExactly(name, "Two");
  }

  @ParameterizedTest
  @CsvSource({
    "duration_ms, DURATION_MS, 200000.0, 200000",
    "duration_ms, DURATION_MS, 2e5, 200000",
    "duration_ms, DURATION_MS, ' 200000 ', 200000",
    "key, KEY, 5.0, 5",
    "key, KEY, -1, -1",
    "mode, MODE, 1.00, 1",
    "energy, ENERGY, ' 0.5', 0.5",
    "energy, ENERGY, 1.02e-05, 1.02E-5",
    "album_release_date, ALBUM_RELEASE_DATE, 2024-01-12 00:00:00, 2024-01-12",
    "album_release_date, ALBUM_RELEASE_DATE, 2024-01-12T10:00:00Z, 2024-01-12"
  })
  void valuesAsTablesWriteThem(String name, SongColumn column, String written, String expected)
      throws IOException {
    Catalogue catalogue = read(HEADER, BadRowTest.rowWith(name, written));

    assertThat(catalogue.songs().get(0).get(column)).hasToString(expected);
    assertThat(catalogue.warnings()).isEmpty();
  }

  @Test
  void equalValuesAreShared() throws IOException {
    List<Song> songs = read(HEADER, row("One"), row("Two"), row("Three")).songs();

    for (SongColumn column : songs.get(0).values().keySet()) {
      assertThat(songs.get(2).get(column)).isSameAs(songs.get(0).get(column));
    }
  }

  @Test
  void theProjectsCatalogue() {
    Catalogue catalogue = Catalogue.read(Path.of("../data/spotify-songs.csv"));

    assertThat(catalogue.songs()).hasSize(6000);
    assertThat(catalogue.summary())
        .isEqualTo(
            "6,000 songs; rows left out: 0 that cannot be used, 0 repeated;"
                + " songs without a release date: 4");
    assertThat(catalogue.warnings()).isEmpty();
  }

  static String row(String name) {
    return name + ",A,1,," + REST;
  }

  private Catalogue read(String... lines) throws IOException {
    return Catalogue.read(
        Files.writeString(folder.resolve("songs.csv"), String.join("\n", lines) + "\n"));
  }
}
