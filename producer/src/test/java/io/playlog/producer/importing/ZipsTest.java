package io.playlog.producer.importing;

import static io.playlog.producer.importing.SpotifyTest.array;
import static io.playlog.producer.importing.SpotifyTest.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipsTest {
  @TempDir private Path folder;
  private Imports imports;

  @BeforeEach
  void empty() {
    imports = new Imports(folder);
  }

  private static String song(String name) {
    return array(row("master_metadata_track_name", '"' + name + '"'));
  }

  /** Names and contents by turns; a content is text or bytes. */
  private static byte[] zip(Object... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < entries.length; i += 2) {
        zip.putNextEntry(new ZipEntry((String) entries[i]));
        Object content = entries[i + 1];
        zip.write(
            content instanceof byte[] raw
                ? raw
                : content.toString().getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void entriesAreReadWhereverTheyAre() throws IOException {
    imports.write(
        "my.data",
        zip(
            "My Folder/deeper/a.json", song("One"),
            "../../etc/b.json", song("Two"),
            "/abs.json", song("Three"),
            "ReadMe.pdf", "%PDF-1.7",
            "\u001b[2J.json", "[]",
            "inner.zip", zip("c.json", song("Four"), "d.json", song("One"))));

    assertThat(imports.run())
        .containsExactly(
            "not recognised: my.data!/ReadMe.pdf: found a PDF file",
            "not recognised: my.data!/?[2J.json: found other JSON",
            "expected a listening history of Spotify (extended history or account data: JSON), Last.fm (JSON or CSV), ListenBrainz or Playlog (JSONL)",
            "files 5, not recognised 2",
            "in 5 = sent 4 + repeated 1");
    assertThat(Files.list(folder)).containsExactly(folder.resolve("my.data"));
  }

  @Test
  void zipsInZipsEndSomewhere() throws IOException {
    byte[] zip = zip("a.json", song("One"));
    for (int i = 0; i < 5; i++) {
      zip = zip("z.zip", zip);
    }
    imports.write("bomb.zip", zip);

    assertThat(imports.run())
        .startsWith(
            "not recognised: bomb.zip!/z.zip!/z.zip!/z.zip: found a zip file or an Excel workbook; unpack it, or save it as CSV");
  }

  @Test
  void ofADownloadThatBrokeOffWhatIsThereIsRead() throws IOException {
    byte[] whole = zip("a.json", song("One"), "b.json", song("Two"), "c.json", song("Three"));
    imports.write("a.zip", Arrays.copyOf(whole, whole.length * 5 / 12));

    List<String> printed = imports.run();

    assertThat(imports.sent()).hasSize(1);
    assertThat(printed).last().asString().matches("in [23] = sent 1 \\+ unreadable [12]");
    assertThat(printed).contains("unreadable: a.zip: the zip is damaged, or ends before its end");
    assertThatThrownBy(() -> imports.importer().requireWhole())
        .hasMessageContaining("a.zip is damaged or ends early");
  }

  @Test
  void aDamagedEntryCostsItself() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(0);
      for (String name : List.of("One", "Two")) {
        zip.putNextEntry(new ZipEntry(name + ".json"));
        zip.write(song(name).getBytes(StandardCharsets.UTF_8));
      }
    }
    byte[] file = bytes.toByteArray();
    int at = new String(file, StandardCharsets.ISO_8859_1).indexOf("Artist A");
    file[at] = 'B';
    imports.write("a.zip", file);

    assertThat(imports.run())
        .containsExactly(
            "unreadable: a.zip!/One.json: the file is damaged, or cannot be read to its end",
            "files 2, not recognised 0",
            "in 3 = sent 2 + unreadable 1");
  }

  @Test
  void theDocumentationShowsWhatIsPrinted() throws IOException {
    String folder = "Spotify Extended Streaming History/";
    imports.write(
        "my_spotify_data.zip",
        zip(
            folder + "ReadMeFirst_ExtendedStreamingHistory.pdf",
            "%PDF-1.7",
            folder + "Streaming_History_Audio_2014-2017_0.json",
            array(
                row(),
                row("master_metadata_track_name", "\"Two\""),
                row("ms_played", "29999"),
                row("ts", "\"1970-01-01T00:00:00Z\""),
                row("incognito_mode", "true"),
                row("master_metadata_track_name", "null", "episode_name", "\"E\""),
                row(),
                row("master_metadata_track_name", "\"Three\"")),
            folder + "Streaming_History_Video_2018-2019.json",
            array(row())));

    String printed = String.join("\n", imports.run());

    assertThat(Files.readString(Path.of("../docs/import.md")))
        .contains("```\n" + printed + "\n```\n");
  }

  /** Not even the begin of such a file can be read, by which its format would be known. */
  @ParameterizedTest
  @ValueSource(ints = {50, 150, 200, 250})
  void aDamagedEntryIsNoEmptyFile(int from) throws IOException {
    String[] rows = new String[200];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row("master_metadata_track_name", "\"Song %d\"".formatted(i));
    }
    byte[] file = zip("a.json", array(rows), "b.json", song("One"));
    Arrays.fill(file, from, from + 30, (byte) 0xff);
    imports.write("h.zip", file);

    List<String> printed = imports.run();

    assertThat(printed).noneMatch(line -> line.startsWith("not recognised: "));
    assertThat(printed.get(0)).startsWith("unreadable: h.zip!/a.json");
    assertThat(imports.sent()).contains("One 2019-03-10T02:26:57.068Z");
    assertThatThrownBy(() -> imports.importer().requireWhole())
        .hasMessageContaining("h.zip!/a.json is damaged or ends early");
  }

  @Test
  void oneDownloadIsOneSetHoweverOftenItIsGiven() throws IOException {
    Path file = imports.write("a.json", song("One"));
    Path zip = imports.write("a.zip", zip("a.json", song("One"), "b.json", song("Two")));

    List<String> printed = imports.run(file, zip, folder, file);

    assertThat(printed).last().isEqualTo("in 7 = sent 2 + repeated 5");
    imports.importer().requireWhole();
  }

  @Test
  void aPathWithoutListensIsAnError() throws IOException {
    imports.write("b/page.json", "<html>");
    Path file = imports.write("a.json", song("One"));

    imports.run(file, folder.resolve("b"));

    assertThatThrownBy(() -> imports.importer().requireWhole())
        .hasMessageContaining(folder.resolve("b") + " holds no listens");
  }

  @Test
  void linksAreFollowedAndLoopsAreNot() throws IOException {
    imports.write("real/a.json", song("One"));
    Files.createSymbolicLink(folder.resolve("real/loop"), folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));

    assertThat(imports.run(link)).last().isEqualTo("in 1 = sent 1");
    imports.importer().requireWhole();
  }
}
