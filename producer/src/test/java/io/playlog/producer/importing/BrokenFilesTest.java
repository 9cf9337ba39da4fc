package io.playlog.producer.importing;

import static io.playlog.producer.importing.SpotifyTest.array;
import static io.playlog.producer.importing.SpotifyTest.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playlog.error.PlaylogException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is broken costs itself, and is told. */
class BrokenFilesTest {
  @TempDir private Path folder;
  private Imports imports;

  @BeforeEach
  void empty() {
    imports = new Imports(folder);
  }

  private static String song(String name) {
    return row("master_metadata_track_name", '"' + name + '"');
  }

  private List<String> songs() {
    return imports.sent().stream().map(listen -> listen.split(" ")[0]).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ts\":\"2019-03-10T02:30:00Z\",\"ms_played\":1,,}",
        "{\"ts\":\"2019-03-10T02:30:00Z,\"ms_played\":100000}",
        "{\"ts\":\"2019-03-10T02:30:00Z\",\"platform\":\"never closed}",
        "{\"ts\":\"2019-03-10T02:30:00Z\",\"ms_played\":NaN}",
        "{\"ts\":\"2019-03-10T02:30:00Z\" \"ms_played\":1}",
        "{\"ts\":\"line\nbreak\",\"ms_played\":1}",
        "{\"ts\":\"\\x\",\"ms_played\":1}",
        "{\"ts\":\"2019-03-10T02:30:00Z\",\"ms_played\":[1}",
        "{\"ts\":\"2019-03-10T02:30:00Z\",\"ms_pl"
      })
  void aBrokenObjectCostsItself(String broken) throws IOException {
    imports.write("a.json", array(song("One"), broken, song("Two"), song("Three")));

    List<String> printed = imports.run();

    assertThat(songs()).containsExactly("One", "Two", "Three");
    assertThat(printed).last().isEqualTo("in 4 = sent 3 + unreadable 1");
    assertThat(printed.get(0))
        .startsWith("unreadable: a.json, item 2: found broken JSON, from byte ");
  }

  @Test
  void aFileThatEndsInTheMiddle() throws IOException {
    String whole = array(song("One"), song("Two"));
    imports.write("a.json", whole.substring(0, whole.length() - 10));
    imports.write("b.json", "[" + song("Three") + ",");
    imports.write("c.json", array(song("Four")));

    assertThat(imports.run())
        .containsExactly(
            "unreadable: a.json, item 2: the file ends in the middle",
            "unreadable: b.json, item 2: the file ends in the middle",
            "files 3, not recognised 0",
            "in 5 = sent 3 + unreadable 2");
    assertThatThrownBy(() -> imports.importer().requireWhole())
        .isInstanceOf(PlaylogException.class)
        .hasMessage(
            "Not all could be read: %1$s/a.json is damaged or ends early; %1$s/b.json is damaged or ends early. What could be read is in the account. Download these again, and import them again"
                .formatted(folder));
  }

  /** What is missing behind a broken object is told, too. */
  @Test
  void aFileWithABrokenObjectThatEndsInTheMiddle() throws IOException {
    imports.write("a.json", "[" + song("One") + ",{\"ts\":," + song("Two") + ",\n");

    assertThat(imports.account()).isEqualTo("in 4 = sent 2 + unreadable 2");
  }

  @Test
  void whereverAFileEndsTheWholeObjectsOfItAreSent() throws IOException {
    String whole = array(song("One"), song("Two"), song("Three"));
    int first = whole.indexOf('}') + 1;
    int second = whole.indexOf('}', first) + 1;
    for (int end = first; end < whole.length(); end += 7) {
      imports.messages.clear();
      imports.write("a.json", whole.substring(0, end));

      String account = imports.account();

      int sent = end < second ? 1 : end < whole.length() - 1 ? 2 : 3;
      assertThat(account).isEqualTo("in %d = sent %d + unreadable 1".formatted(sent + 1, sent));
    }
  }

  @Test
  void copiesThatWereWrittenOneAfterTheOther() throws IOException {
    imports.write("a.json", array(song("One")) + "\n" + array(song("Two"), song("One")));
    imports.write("b.json", "[" + array(song("Three")) + ",[]," + array(song("Four")) + ",]");
    imports.write("c.json", "[" + song("Five") + ",{\"ts\":\"20" + array(song("Six")));

    assertThat(imports.account()).isEqualTo("in 8 = sent 6 + repeated 1 + unreadable 1");
    assertThat(songs()).containsExactly("One", "Two", "Three", "Four", "Five", "Six");
  }

  @Test
  void rubbishBetweenObjects() throws IOException {
    imports.write(
        "a.json",
        "[" + song("One") + ", ]]] <html> \u0000 {{{ \n" + song("Two") + "," + song("Three") + "]");

    assertThat(imports.account()).isEqualTo("in 4 = sent 3 + unreadable 1");
    assertThat(songs()).containsExactly("One", "Two", "Three");
  }

  @Test
  void brokenBytesCostTheirObject() throws IOException {
    byte[] file = array(song("One"), song("Tw?"), song("Three")).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < file.length; i++) {
      file[i] = file[i] == '?' ? (byte) 0xe9 : file[i];
    }
    imports.write("a.json", file);

    assertThat(imports.account()).isEqualTo("in 3 = sent 2 + unreadable 1");
    assertThat(songs()).containsExactly("One", "Three");
  }

  @Test
  void aTextOfMegabytes() throws IOException {
    String long13 = "x".repeat(13_000_000);
    imports.write(
        "a.json",
        array(
            song("One"),
            row("platform", '"' + long13 + '"', "master_metadata_track_name", "\"Two\""),
            song(long13),
            song("Three")));

    assertThat(imports.account()).isEqualTo("in 4 = sent 3 + unreadable 1");
    assertThat(songs()).containsExactly("One", "Two", "Three");
  }

  @Test
  void pagesGoOnAfterABrokenTrack() throws IOException {
    String track = "{\"artist\":{\"#text\":\"A\"},\"name\":\"%s\",\"date\":{\"uts\":\"%d\"}}";
    imports.write(
        "a.json",
        "[{\"track\":[%s,%s,%s],\"@attr\":{\"page\":\"1\"}},{\"track\":[%s]}]"
            .formatted(
                track.formatted("One", 1764000000),
                "{\"artist\":{\"#text\":\"A\",\"image\":[{\"size\":}]}}",
                track.formatted("Three", 1764000001),
                track.formatted("Four", 1764000002)));

    assertThat(imports.account()).isEqualTo("in 4 = sent 3 + unreadable 1");
    assertThat(songs()).containsExactly("One", "Three", "Four");
  }

  /** Whatever is broken, and however: the sum holds, and nothing is sent that was not there. */
  @RepeatedTest(300)
  void theSumHolds(RepetitionInfo repetition) throws IOException {
    Random random = new Random(repetition.getCurrentRepetition());
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < 20; i++) {
      text.append(i == 0 ? "" : random.nextBoolean() ? "," : ",\n").append(song("Song" + i));
    }
    byte[] file = text.append("]").toString().getBytes(StandardCharsets.UTF_8);
    int breaks = random.nextInt(5);
    for (int i = 0; i < breaks; i++) {
      int from = random.nextInt(file.length);
      byte[] rubbish = "\"{}[],:\\x\n".getBytes(StandardCharsets.UTF_8);
      file[from] = rubbish[random.nextInt(rubbish.length)];
    }
    imports.write("a.json", file);

    String account = imports.account();

    // Importer.end fails if the account does not add up.
    assertThat(account).startsWith("in ");
    assertThat(songs().size()).isGreaterThanOrEqualTo(20 - 2 * breaks);
    if (breaks == 0) {
      assertThat(account).isEqualTo("in 20 = sent 20");
    }
  }
}
