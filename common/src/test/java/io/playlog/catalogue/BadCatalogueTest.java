package io.playlog.catalogue;

import static io.playlog.catalogue.CatalogueTest.HEADER;
import static io.playlog.catalogue.CatalogueTest.row;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person reads whose catalogue cannot be used. */
class BadCatalogueTest {
  private static final String NEEDED =
      "artists,duration_ms,danceability,energy,key,loudness,mode,speechiness,acousticness,"
          + "instrumentalness,liveness,valence,tempo";

  @TempDir private Path folder;

  @Test
  void missingFile() {
    refused(": there is no such file; set playlog.catalogue.path to the catalogue's CSV");
  }

  @Test
  void fileThatIsChangedWhileItIsRead() throws IOException {
    write(HEADER, row("One"));
    SongMemory whileItIsRead =
        new SongMemory(Long.MAX_VALUE) {
          @Override
          void add(Path file, long line, Song song) {
            try {
              Files.writeString(file, "\n", StandardOpenOption.APPEND);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };

    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(() -> Catalogue.read(file(), whileItIsRead))
        .withMessage(
            file() + ": was changed while it was read; put a new file in its place by renaming it");
  }

  @Test
  void folderInsteadOfAFile() throws IOException {
    Files.createDirectory(file());

    refused(": found a folder, expected a file");
  }

  @Test
  void pipeThatNobodyWritesTo() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", file().toString()).start().waitFor()).isZero();

    refused(": found a pipe or a device, expected a file");
  }

  @Test
  void deviceInsteadOfAFile() {
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(() -> Catalogue.read(Path.of("/dev/zero")))
        .withMessage("/dev/zero: found a pipe or a device, expected a file");
  }

  @Test
  void linkToItself() throws IOException {
    Files.createSymbolicLink(file(), file());

    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(() -> Catalogue.read(file()))
        .withMessageStartingWith(file() + ": cannot be read: ")
        .extracting(PlaylogException::code)
        .isEqualTo(ErrorCode.BAD_CATALOGUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\uFEFF", "\uFEFF\r\n\r\n"})
  void emptyFile(String text) throws IOException {
    Files.writeString(file(), text);

    refused(": the file is empty, expected a header and songs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NAME2", "1,2,3", "track_name,artist"})
  void wrongHeader(String header) throws IOException {
    write(header, row("One"));

    refused(", line 1: found the columns " + header + ", expected also name," + NEEDED);
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "\t", "|"})
  void anotherSeparator(String separator) throws IOException {
    write(HEADER.replace(",", separator), row("One").replace(",", separator));

    refused(
        ", line 1: found the columns "
            + HEADER.replace(",", separator).replace("\t", "\\t")
            + ", expected also name,"
            + NEEDED
            + "; columns are separated by commas, and numbers have a decimal point");
  }

  @Test
  void aColumnThatIsMissing() throws IOException {
    String header = HEADER.replace(",energy", "");
    write(header, row("One"));
    refused(", line 1: found the columns " + header + ", expected also energy");

    write(HEADER.replace("name,artists", "artists"), row("One"));
    refused(
        ", line 1: found the columns "
            + HEADER.replace("name,artists", "artists")
            + ", expected also name");
  }

  @Test
  void aColumnThatIsThereTwice() throws IOException {
    write(HEADER + ",Duration MS", row("One") + ",1");
    refused(
        ", line 1: found the same column twice, \"duration_ms\" (field 3) and \"Duration MS\""
            + " (field 17), expected it once");

    write(HEADER + ",Name", row("One") + ",1");
    refused(
        ", line 1: found the same column twice, \"name\" (field 1) and \"Name\" (field 17),"
            + " expected it once");
  }

  @Test
  void aHeaderOfMegabytes() throws IOException {
    write("x,".repeat(500_000) + "x", row("One"));
    refused(
        ", line 1: found the columns " + "x,".repeat(500) + "..., expected also name," + NEEDED);

    write("x".repeat(10_000_000));
    refused(", line 1: found a line of more than 1,048,576 characters");
  }

  @Test
  void aQuoteInTheHeader() throws IOException {
    write("\"" + HEADER, row("One"));

    refused(
        ", line 1: found a quote at the start of field 1 that is not closed up to the end of the"
            + " file");
  }

  @Test
  void moreRowsThatCannotBeUsedThanOthers() throws IOException {
    String bad = row("x").replace(",0.1,", ",,");
    String problem = ", column danceability: found \"\", expected a number, such as 0.75";
    write(HEADER, row("One"), bad, row("One"), bad);
    assertThat(Catalogue.read(file()).songs()).as("half of them may be").hasSize(1);

    write(HEADER, row("One"), bad, bad);
    refused(
        ": 2 of 3 rows cannot be used, expected half of them at most: line 3%1$s; line 4%1$s"
            .formatted(problem));

    write(HEADER, bad);
    refused(
        ": 1 of 1 rows cannot be used, expected half of them at most: line 2%s".formatted(problem));
  }

  @Test
  void noSongs() throws IOException {
    write(HEADER);
    refused(": no songs below the header");

    write(HEADER, row(""));
    refused(": 1 of 1 rows cannot be used, expected half of them at most: line 2: no name");
  }

  @ParameterizedTest
  @MethodSource("otherKinds")
  void anotherKindOfFile(byte[] content, String kind) throws IOException {
    Files.write(file(), content);

    refused(": found what is " + kind + ". Expected CSV in UTF-8");
  }

  static Stream<Arguments> otherKinds() throws IOException {
    byte[] table = (HEADER + "\n" + row("One") + "\n").getBytes(UTF_8);
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(zipped)) {
      zip.putNextEntry(new ZipEntry("songs.csv"));
      zip.write(table);
    }
    ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(gzipped)) {
      gzip.write(table);
    }
    String html = "an HTML or XML page, such as one to log in; download the file itself";
    String utf16 = "UTF-16; save it as UTF-8";
    return Stream.of(
        Arguments.of(gzipped.toByteArray(), "a gzip file; unpack it (gunzip)"),
        Arguments.of(
            zipped.toByteArray(), "a zip file or an Excel workbook; unpack it, or save it as CSV"),
        Arguments.of("<!DOCTYPE html>\n<html>".getBytes(UTF_8), html),
        Arguments.of("\uFEFF\r\n  <?xml version=\"1.0\"?>".getBytes(UTF_8), html),
        Arguments.of(
            "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n".getBytes(UTF_8),
            "a pointer of Git LFS, not the file itself; fetch it (git lfs pull)"),
        Arguments.of(
            "/annex/objects/SHA256E-s3--0.csv\n".getBytes(UTF_8),
            "a pointer of git-annex, not the file itself; fetch it (git annex get)"),
        Arguments.of("[{\"name\": \"One\"}]".getBytes(UTF_8), "JSON; convert it"),
        Arguments.of(
            new byte[4096], "full of zero bytes, as after a crash or a full disk; copy it again"),
        Arguments.of(new String(table, UTF_8).getBytes(UTF_16), utf16),
        Arguments.of(("\uFEFF" + HEADER).getBytes(UTF_16LE), utf16),
        Arguments.of(
            HEADER.getBytes(UTF_16LE), "UTF-16 without a byte-order mark; save it as UTF-8"),
        Arguments.of(
            HEADER.getBytes(UTF_16BE), "UTF-16 without a byte-order mark; save it as UTF-8"));
  }

  @Test
  void moreSongsThanThereIsMemoryFor() throws IOException {
    write(HEADER, row("One"), row("One"), row("Two"), row("Three"));
    SongMemory forTwo = new SongMemory(3200);

    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(() -> Catalogue.read(file(), forTwo))
        .withMessage(
            file()
                + ", line 5: found more songs than there is memory for: 2 like these fit into 0"
                + " MiB, the half of this program's heap. Give it more (spark.stream-memory for the"
                + " stream, spark.report-memory for the other jobs, java -Xmx for the producer), or"
                + " leave songs out of the file")
        .extracting(PlaylogException::code)
        .isEqualTo(ErrorCode.CATALOGUE_TOO_LARGE);
  }

  @Test
  void brokenByteIsNotReplaced() throws IOException {
    String expected = ", expected UTF-8; save the file as UTF-8";
    Files.write(file(), (HEADER + "\r\n" + row("One") + "\n" + row("Café")).getBytes(ISO_8859_1));
    refused(", line 3, character 4: found the byte 0xe9" + expected);

    byte[] cut = (HEADER + "\né").getBytes(UTF_8);
    Files.write(file(), Arrays.copyOf(cut, cut.length - 1));
    refused(", line 2, character 1: found the byte 0xc3" + expected);

    cut = (HEADER + "\ré").getBytes(UTF_8);
    Files.write(file(), Arrays.copyOf(cut, cut.length - 1));
    refused(", line 2, character 1: found the byte 0xc3" + expected);

    // Of more than a buffer, in an odd place.
    byte[] large = (HEADER + "\n" + (row("é") + "\n").repeat(5000)).getBytes(UTF_8);
    large[large.length - 3] = (byte) 0xff;
    Files.write(file(), large);
    refused(
        ", line 5001, character %d: found the byte 0xff".formatted(row("é").length() - 1)
            + expected);
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
