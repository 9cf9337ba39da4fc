package io.playlog.catalogue;

import static io.playlog.catalogue.CatalogueTest.HEADER;
import static io.playlog.catalogue.CatalogueTest.row;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.playlog.error.PlaylogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person reads whose catalogue cannot be used. */
class BadCatalogueTest {
  @TempDir private Path folder;

  @Test
  void missingFile() {
    refused(": there is no such file; set playlog.catalogue.path to the catalogue's CSV");
  }

  @Test
  void fileThatIsChangedWhileItIsRead() throws Exception {
    // A pipe blocks the reader until it is written to, which sets its time.
    String makePipe = "mkfifo \"$0\" && touch -t 200001010000 \"$0\"";
    assertThat(new ProcessBuilder("sh", "-c", makePipe, file().toString()).start().waitFor())
        .isZero();
    FutureTask<Path> writer = new FutureTask<>(() -> Files.writeString(file(), HEADER));
    new Thread(writer).start();

    refused(": was changed while it was read; put a new file in its place by renaming it");
    writer.get();
  }

  @Test
  void folderInsteadOfAFile() throws IOException {
    Files.createDirectory(file());

    refused(": cannot be read: java.io.IOException: Is a directory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\uFEFF", "\uFEFF\r\n\r\n"})
  void emptyFile(String text) throws IOException {
    Files.writeString(file(), text);

    refused(": the file is empty, expected a header and songs");
  }

  @Test
  void noSongs() throws IOException {
    write(HEADER);
    refused(": no songs below the header");

    write(HEADER, row(""));
    refused(": no songs below the header");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NAME", "1,2,3", "name;artists"})
  void wrongHeader(String header) throws IOException {
    write(header, row("One"));

    refused(
        ", line 1: found the columns "
            + header
            + ", expected also name,artists,duration_ms,danceability,energy,key,loudness,mode,"
            + "speechiness,acousticness,instrumentalness,liveness,valence,tempo");
  }

  @Test
  void aColumnThatIsMissing() throws IOException {
    String header = HEADER.replace(",energy", "");
    write(header, row("One"));

    refused(", line 1: found the columns " + header + ", expected also energy");
  }

  @Test
  void missingAndExcessColumn() throws IOException {
    write(HEADER, row("One"), row("Two").replace(",A,", ","));
    refused(", line 3: found 15 fields, expected 16");

    write(HEADER, row("One"), row("Two") + ",");
    refused(", line 3: found 17 fields, expected 16");
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
          danceability, NaN
          energy, high
          energy, ` 0.5`
          loudness, -Infinity
          speechiness, 1e39
          acousticness, 0.5f
          instrumentalness, ``
          liveness, 0x1p3
          valence, 1_0
          tempo, 120 bpm
          key, ``
          mode, ` `
          album_release_date, 2024
          album_release_date, 2024-02-30
          album_release_date, 12.01.2024
          """)
  void badValue(String column, String found) throws IOException {
    String expected =
        switch (column) {
          case "duration_ms" -> "milliseconds, such as 214994";
          case "album_release_date" -> "a date, such as 2024-01-12, or nothing";
          case "key", "mode" -> "a value";
          default -> "a number, such as 0.75";
        };
    List<String> fields = new ArrayList<>(Arrays.asList(row("Two").split(",")));
    fields.set(List.of(HEADER.split(",")).indexOf(column), found);
    write(HEADER, row("\"One\nand a half\""), String.join(",", fields));

    refused(", line 4, column %s: found \"%s\", expected %s".formatted(column, found, expected));
  }

  @Test
  void badValueOfARepeatedSong() throws IOException {
    write(HEADER, row("One"), row("One").replace("One,A,1", "One,A,x"));

    refused(", line 3, column duration_ms: found \"x\", expected milliseconds, such as 214994");
  }

  @Test
  void quoteThatIsNotDoubled() throws IOException {
    write(HEADER, row("One"), row("\"Say \"Two\" again\""));

    refused(
        ": not in the form of CSV: Exception when reading record that started in line 3"
            + " (Unexpected character after closing quote: T)");
  }

  @Test
  void fileThatEndsWithinAQuotedField() throws IOException {
    String row = row("One").replace(",120", ",\"120.5\"");
    Files.writeString(file(), HEADER + "\n" + row.substring(0, row.length() - 2));
    refused(", line 2, column tempo: found \"120.\n\", expected a number, such as 0.75");

    Files.writeString(file(), HEADER + "\n" + row + "\n\"Tw");
    refused(", line 3: found 1 fields, expected 16");
  }

  @Test
  void brokenByteIsNotReplaced() throws IOException {
    Files.write(file(), (HEADER + "\r\n" + row("One") + "\n" + row("Café")).getBytes(ISO_8859_1));
    refused(", line 3, character 4: found the byte 0xe9, expected UTF-8");

    byte[] cut = (HEADER + "\né").getBytes(UTF_8);
    Files.write(file(), Arrays.copyOf(cut, cut.length - 1));
    refused(", line 2, character 1: found the byte 0xc3, expected UTF-8");

    Files.write(file(), (HEADER + "\n" + row("One")).getBytes(UTF_16));
    refused(", line 1, character 1: found the byte 0xfe, expected UTF-8");
  }

  private Path file() {
    return folder.resolve("songs.csv");
  }

  private void write(String... lines) throws IOException {
    Files.writeString(file(), String.join("\n", lines) + "\n");
  }

  private void refused(String problem) {
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(() -> Catalogue.read(file()))
        .withMessage(file() + problem);
  }
}
