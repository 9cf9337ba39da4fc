package io.playlog.catalogue;

import static io.playlog.catalogue.CatalogueTest.HEADER;
import static io.playlog.catalogue.CatalogueTest.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that are left out, each alone, and songs that are left without a date. */
class BadRowTest {
  private static final String LEFT_OUT = "Rows left out that cannot be used: ";

  @TempDir private Path folder;

  /** A row of the song Two in which one value is another. */
  static String rowWith(String column, String value) {
    List<String> fields = new ArrayList<>(Arrays.asList(row("Two").split(",")));
    fields.set(List.of(HEADER.split(",")).indexOf(column), value);
    return String.join(",", fields);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          duration_ms, 3.5
          duration_ms, 3:34
          duration_ms, -1
          duration_ms, ``
          duration_ms, 2147483648
          duration_ms, 1e999999999
          duration_ms, NaN
          danceability, NaN
          energy, high
          energy, null
          loudness, -Infinity
          speechiness, 1e39
          speechiness, 1e400
          acousticness, 0.5f
          instrumentalness, ``
          liveness, 0x1p3
          valence, 1_0
          tempo, 120 bpm
          key, ``
          mode, ` `
          """)
  void valueThatASongNeeds(String column, String found) throws IOException {
    String expected =
        switch (column) {
          case "duration_ms" -> "milliseconds, such as 214994";
          case "key", "mode" -> "a value";
          default -> "a number, such as 0.75";
        };

    leavesOut(
        rowWith(column, found),
        "line 4, column %s: found \"%s\", expected %s".formatted(column, found, expected));
  }

  @Test
  void songWithoutFeatures() throws IOException {
    leavesOut(
        "Podcast,A,200000,Album,2024-01-12,,,,,,,,,,,",
        "line 4, column danceability: found \"\", expected a number, such as 0.75");
  }

  @Test
  void valueOfAMegabyteIsShownInPart() throws IOException {
    leavesOut(
        rowWith("energy", "9".repeat(1_000_000)),
        "line 4, column energy: found \"%s...\", expected a number, such as 0.75"
            .formatted("9".repeat(60)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u00a0", "\u200b", "\u3164", "\"\n\""})
  void nameThatCannotBeSeen(String name) throws IOException {
    leavesOut(row(name), "line 4: no name");
  }

  @Test
  void tooFewAndTooManyFields() throws IOException {
    leavesOut(row("Two").replace(",A,", ","), "line 4: found 15 fields, expected 16");
    leavesOut(row("Two") + ",", "line 4: found 17 fields, expected 16");
    leavesOut("Two", "line 4: found 1 fields, expected 16");
  }

  @Test
  void quoteThatIsNotDoubled() throws IOException {
    String doubled = "; a quote inside a quoted field is doubled";
    leavesOut(
        row("\"Say \"Two\" again\""),
        "line 4: found \"T\" after a closing quote, expected a comma" + doubled);
    leavesOut(
        row("\"Say \\\"Two\\\" again\""),
        "line 4: found \"T\" after a closing quote, expected a comma" + doubled);
    leavesOut(
        row("\"Two\" "), "line 4: found \" \" after a closing quote, expected a comma" + doubled);
  }

  /** The rest of the file would be one field. */
  @ParameterizedTest
  @ValueSource(strings = {"\"Two", "\"", "\"\"\"Two"})
  void quoteThatIsNotClosed(String name) throws IOException {
    leavesOut(
        row(name), "line 4: found a quote at the start of field 1 that is not closed in its line");
  }

  @Test
  void quoteThatIsNotClosedInAnyField() throws IOException {
    for (int i = 1; i < 16; i++) {
      List<String> fields = new ArrayList<>(Arrays.asList(row("Two").split(",")));
      fields.set(i, '"' + fields.get(i));
      leavesOut(
          String.join(",", fields),
          "line 4: found a quote at the start of field %d that is not closed in its line"
              .formatted(i + 1));
    }
  }

  /** The two quotes would make one field of two rows, and the row has as many fields as it must. */
  @Test
  void quoteThatAnotherRowCloses() throws IOException {
    Catalogue catalogue =
        read(HEADER, row("One"), row("\"Two"), row("Three"), row("Four\""), row("Five"));

    assertThat(catalogue.songs())
        .extracting(Song::name)
        .containsExactly("One", "Three", "Four\"", "Five");
  }

  @Test
  void quoteThatIsNotClosedInARowOfManyLines() throws IOException {
    String words = ",\"la\nla\nla\"";
    Catalogue catalogue =
        read(HEADER + ",lyrics", row("One") + words, row("Two") + ",\"la\nla", row("Six") + words);

    assertThat(catalogue.songs()).extracting(Song::name).containsExactly("One", "Six");
    assertThat(catalogue.warnings())
        .containsExactly(
            LEFT_OUT
                + "line 5: found \"l\" after a closing quote, expected a comma; a quote inside a"
                + " quoted field is doubled; line 6: found 1 fields, expected 17");
  }

  @Test
  void quoteThatIsNotClosedWithinAMegabyte() throws IOException {
    List<String> lines = new ArrayList<>(List.of(HEADER, row("One"), "\"Two,x"));
    for (int i = 0; i < 60_000; i++) {
      lines.add(row("Song " + i));
    }
    Catalogue catalogue = read(lines.toArray(String[]::new));

    assertThat(catalogue.songs()).hasSize(60_001);
    assertThat(catalogue.warnings())
        .containsExactly(
            LEFT_OUT
                + "line 3: found a quote at the start of field 1 that is not closed within"
                + " 1,048,576 characters");
  }

  /** Each line opens a quote, and closes that of the line before: no row is read to the end. */
  @Test
  void linesThatOpenAQuoteEach() throws IOException {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    for (int i = 0; i < 20_000; i++) {
      lines.add(row("Song " + i));
    }
    lines.addAll(Collections.nCopies(20_000, "a\",b,\"c"));
    Catalogue catalogue = read(lines.toArray(String[]::new));

    assertThat(catalogue.songs()).hasSize(20_000);
    assertThat(catalogue.warnings())
        .singleElement()
        .asString()
        .startsWith(
            LEFT_OUT
                + "line 20002: found more than 16 fields, the last with a quote that is not closed;"
                + " line 20003: found ");
  }

  @Test
  void quoteThatIsNotClosedUpToTheEnd() throws IOException {
    Catalogue catalogue = read(HEADER, row("One"), row("Two"), "\"Thr");

    assertThat(catalogue.songs()).hasSize(2);
    assertThat(catalogue.warnings())
        .containsExactly(
            LEFT_OUT
                + "line 4: found a quote at the start of field 1 that is not closed up to the end"
                + " of the file");
  }

  @Test
  void lineWithoutEnd() throws IOException {
    leavesOut(
        row("Two") + " ".repeat(Utf8Lines.MAX_LENGTH),
        "line 4: found a line of more than 1,048,576 characters");
  }

  @Test
  void fiveRowsAreNamedAtMost() throws IOException {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    for (int i = 0; i < 7; i++) {
      lines.add(row("Song " + i));
      lines.add(row(""));
    }
    Catalogue catalogue = read(lines.toArray(String[]::new));

    assertThat(catalogue.summary()).startsWith("7 songs; rows left out: 7 that cannot be used,");
    assertThat(catalogue.warnings())
        .containsExactly(
            LEFT_OUT
                + "line 3: no name; line 5: no name; line 7: no name; line 9: no name;"
                + " line 11: no name; ...");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1973",
        "1973-05",
        "0000",
        "0000-00-00",
        "0000-01-01",
        "2024-02-30",
        "2024-1-2",
        "12.01.2024",
        "+12024-01-12",
        "soon",
        "1973-05-01Z",
        "\u0661\u0669\u0667\u0663"
      })
  void dateThatIsNoDay(String date) throws IOException {
    Catalogue catalogue = read(HEADER, rowWith("album_release_date", date));

    assertThat(catalogue.songs())
        .singleElement()
        .satisfies(song -> assertThat(song.get(SongColumn.ALBUM_RELEASE_DATE)).isNull())
        .satisfies(song -> assertThat(song.get(SongColumn.TEMPO)).isEqualTo(120f));
    assertThat(catalogue.summary()).endsWith("songs without a release date: 1");
    assertThat(catalogue.warnings())
        .containsExactly(
            "Songs left without a release date: line 2, column album_release_date: found \"%s\", expected a day, such as 2024-01-12"
                .formatted(date));
  }

  /** The row stands between a song whose name has two lines and another, which both stay. */
  private void leavesOut(String row, String why) throws IOException {
    Catalogue catalogue = read(HEADER, row("\"One\nand a half\""), row, row("Three"));

    assertThat(catalogue.songs())
        .extracting(Song::name)
        .containsExactly("One\nand a half", "Three");
    assertThat(catalogue.warnings()).containsExactly(LEFT_OUT + why);
    assertThat(catalogue.summary()).startsWith("2 songs; rows left out: 1 that cannot be used,");
  }

  private Catalogue read(String... lines) throws IOException {
    return Catalogue.read(
        Files.writeString(folder.resolve("songs.csv"), String.join("\n", lines) + "\n"));
  }
}
