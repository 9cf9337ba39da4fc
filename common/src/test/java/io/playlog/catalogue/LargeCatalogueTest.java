package io.playlog.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.error.PlaylogException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files larger than the heap of the JVM that reads them, with the columns of the public chart file:
 * a row for each country and day that has the song among its fifty.
 */
class LargeCatalogueTest {
  private static final int HEAP_MIB = 24;
  private static final int ROWS = 150_000;
  private static final int SONGS = 3000;

  @TempDir private static Path folder;
  private static Path charts;
  private static Path distinct;
  private static Path unusable;

  /** Reads a catalogue and prints what it holds. */
  static final class Program {
    public static void main(String[] args) {
      try {
        Catalogue catalogue = Catalogue.read(Path.of(args[0]));
        System.out.println(catalogue.summary());
        catalogue.warnings().forEach(System.out::println);
      } catch (PlaylogException e) {
        System.out.println(e.code().id() + ": " + e.getMessage());
      }
    }
  }

  @BeforeAll
  static void writeFiles() throws IOException {
    charts = write("charts.csv", SONGS);
    distinct = write("distinct.csv", ROWS);
    unusable = writeUnusable();
    assertThat(Files.size(charts)).isGreaterThan(HEAP_MIB << 20);
  }

  private static Path write(String name, int songs) throws IOException {
    Path file = folder.resolve(name);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(
          "\"spotify_id\",\"name\",\"artists\",\"daily_rank\",\"daily_movement\",\"weekly_movement\","
              + "\"country\",\"snapshot_date\",\"popularity\",\"is_explicit\",\"duration_ms\","
              + "\"album_name\",\"album_release_date\",\"danceability\",\"energy\",\"key\","
              + "\"loudness\",\"mode\",\"speechiness\",\"acousticness\",\"instrumentalness\","
              + "\"liveness\",\"valence\",\"tempo\",\"time_signature\"\n");
      for (int i = 0; i < ROWS; i++) {
        out.write(row(i, i % songs));
      }
    }
    return file;
  }

  /** Every other row has an artist that no other has, and a duration that is none. */
  private static Path writeUnusable() throws IOException {
    Path file = folder.resolve("unusable.csv");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(CatalogueTest.HEADER + "\n");
      for (int i = 0; i < ROWS; i++) {
        String song = CatalogueTest.row("Song " + i % SONGS);
        String none = song.replaceFirst(".*?,A,1,", "None %1$d,Artist %1$0200d,?,".formatted(i));
        out.write((i % 2 == 0 ? song : none) + "\n");
      }
    }
    return file;
  }

  /** One song has no name, one no date, as in the public file. */
  private static String row(int i, int song) {
    return "\"%022d\",\"%s\",\"Artist %d, Another Artist\",\"%d\",\"-1\",\"0\",\"%s\",\"2025-06-11\",\"95\",\"False\",\"%d\",\"Album %d\",\"%s\",\"0.%03d\",\"0.6\",\"5\",\"-7.1\",\"1\",\"0.05\",\"0.2\",\"0.0\",\"0.11\",\"0.4\",\"1%02d.0\",\"4\"\n"
        .formatted(
            song,
            song == 7 ? "" : "Song \"\"No\"\" " + song,
            song % 500,
            1 + i % 50,
            i % 74 == 0 ? "" : "ZA",
            100_000 + song,
            song % 800,
            song == 8 ? "1973" : "2024-01-12",
            song % 1000,
            song % 100);
  }

  private static List<String> read(Path file) throws IOException, InterruptedException {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MIB + "m",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    List<String> lines = new ArrayList<>();
    try (var printed = java.inputReader(StandardCharsets.UTF_8)) {
      printed.lines().forEach(lines::add);
    }
    assertThat(java.waitFor()).as("%s", lines).isZero();
    return lines;
  }

  @Test
  void aFileLargerThanTheHeapIsRead() throws Exception {
    List<String> lines = read(charts);

    assertThat(lines.get(0))
        .isEqualTo(
            "2,999 songs; rows left out: 50 that cannot be used, 146,951 repeated;"
                + " songs without a release date: 1");
    assertThat(lines.get(1))
        .startsWith("Rows left out that cannot be used: line 9: no name; line 3009: no name; ");
    assertThat(lines.get(2))
        .isEqualTo(
            "Songs left without a release date: line 10, column album_release_date:"
                + " found \"1973\", expected a day, such as 2024-01-12");
  }

  @Test
  void rowsThatAreLeftOutTakeNoMemory() throws Exception {
    assertThat(read(unusable).get(0))
        .startsWith("1,500 songs; rows left out: 75,000 that cannot be used, 73,500 repeated; ");
  }

  @Test
  void moreSongsThanFitAreRefusedBeforeTheMemoryEnds() throws Exception {
    assertThat(read(distinct))
        .singleElement()
        .asString()
        .matches(
            "PL-701: .*distinct\\.csv, line [0-9]+: found more songs than there is memory for:"
                + " [67],[0-9]{3} like these fit into 1[12] MiB, the half of this program's heap\\. .*");
  }
}
