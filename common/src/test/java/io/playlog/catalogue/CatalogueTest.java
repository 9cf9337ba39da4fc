package io.playlog.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Catalogues that are read; those that are refused are in BadCatalogueTest. */
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
    return Song.of(name, column -> all[column.ordinal()]);
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
    String header = "more," + HEADER.replace("name,artists", "artists,name");
    assertThat(read(header, "x,A,One,1,," + REST).songs())
        .singleElement()
        .satisfies(song -> assertThat(song.name()).isEqualTo("One"))
        .satisfies(song -> assertThat(song.get(SongColumn.ARTISTS)).isEqualTo("A"));
  }

  @Test
  void optionalColumnsMayBeMissing() throws IOException {
    String header = HEADER.replace("album_name,album_release_date,", "");
    assertThat(read(header, "One,A,1" + REST).songs())
        .singleElement()
        .satisfies(song -> assertThat(song.get(SongColumn.ALBUM_NAME)).isNull());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
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

  @Test
  void lastLineNeedsNoEnd() throws IOException {
    Path file = Files.writeString(folder.resolve("songs.csv"), HEADER + "\n" + row("One"));

    assertThat(Catalogue.read(file).songs()).extracting(Song::name).containsExactly("One");
  }

  @Test
  void emptyLinesAreNoRows() throws IOException {
    Catalogue catalogue = read(HEADER, "", row("One"), "", row(""), "");

    assertThat(catalogue.songs()).extracting(Song::name).containsExactly("One");
    assertThat(catalogue.namelessLines()).containsExactly(5L);
  }

  @Test
  void rowWithoutANameIsLeftOutAndReported() throws IOException {
    Catalogue catalogue =
        read(HEADER, ADA_ROW, ",,,,,,,,,,,,,,,", row("One"), row(" "), "\"\"" + row(""));

    assertThat(catalogue.songs()).extracting(Song::name).containsExactly(ADA.name(), "One");
    assertThat(catalogue.namelessLines())
        .as("a row of two lines comes first")
        .containsExactly(4L, 6L, 7L);
    assertThat(catalogue.repeatedLines()).isEmpty();
    assertThat(catalogue.summary())
        .isEqualTo("2 songs; left out: 3 without a name (line 4, 6, 7), 0 repeated");
  }

  @Test
  void firstOfRowsWithTheSameNameCounts() throws IOException {
    Catalogue catalogue =
        read(
            HEADER,
            row("One").replace(",A,", ",first,"),
            row("Two"),
            row("One").replace(",A,", ",second,"),
            row("one"),
            row("One "),
            row("Two"));

    assertThat(catalogue.songs())
        .extracting(Song::name, song -> song.get(SongColumn.ARTISTS))
        .containsExactly(
            tuple("One", "first"), tuple("Two", "A"), tuple("one", "A"), tuple("One ", "A"));
    assertThat(catalogue.repeatedLines()).containsExactly(4L, 7L);
    assertThat(catalogue.summary())
        .isEqualTo("4 songs; left out: 0 without a name, 2 repeated (line 4, 7)");
  }

  @Test
  void summaryNamesFiveLinesAtMost() throws IOException {
    List<String> rows = Collections.nCopies(7, row("One"));

    assertThat(read(HEADER, String.join("\n", rows)).summary())
        .isEqualTo("1 songs; left out: 0 without a name, 6 repeated (line 3, 4, 5, 6, 7, ...)");
  }

  @Test
  void theProjectsCatalogue() {
    Catalogue catalogue = Catalogue.read(Path.of("../data/spotify-songs.csv"));

    assertThat(catalogue.songs()).hasSize(6000);
    assertThat(catalogue.summary())
        .isEqualTo("6,000 songs; left out: 0 without a name, 0 repeated");
  }

  static String row(String name) {
    return name + ",A,1,," + REST;
  }

  private Catalogue read(String... lines) throws IOException {
    return Catalogue.read(
        Files.writeString(folder.resolve("songs.csv"), String.join("\n", lines) + "\n"));
  }
}
