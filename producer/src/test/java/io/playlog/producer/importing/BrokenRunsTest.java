package io.playlog.producer.importing;

import static io.playlog.producer.importing.SpotifyTest.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Of broken lines that follow each other each is told. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BrokenRunsTest {
  private static final String TRACK =
      "{\"artist\":{\"#text\":\"A\",\"image\":[{\"size\":\"small\"}]},\"name\":\"%s\",\"date\":{\"uts\":\"1764000000\"}}";
  private static final String LISTEN =
      "{\"inserted_at\":1,\"listened_at\":1764000000,\"track_metadata\":{\"track_name\":\"%s\",\"additional_info\":{\"artists\":[{\"a\":1}]}}}";
  private static final String PLAY =
      "{\"artistName\":\"A\",\"trackName\":\"%s\",\"endTime\":\"2021-05-01 10:15\",\"msPlayed\":200000}";

  @TempDir private Path folder;
  private Imports imports;

  @BeforeEach
  void empty() {
    imports = new Imports(folder);
  }

  private static Arguments format(
      String begin, String good, String separator, String end, String... broken) {
    return Arguments.of(begin, good, separator, end, List.of(broken));
  }

  static Stream<Arguments> formats() {
    String extended = row("master_metadata_track_name", "\"%s\"");
    String brokenImage = TRACK.replace("\"small\"", "");
    return Stream.of(
        format(
            "[", extended, ",\n", "]", extended.replace("\"ts\":", "\"ts\":,"), "{,\"a\":1}", "{}"),
        format("[\n", PLAY, ",\n", "\n]", PLAY.replace("\"A\"", "\"A"), "{\"x\":}", "{\"x\":1}"),
        format("{\"track\":[", TRACK, ",\n", "]}", brokenImage, "{,", "{\"name\":}"),
        format(
            "[{\"track\":[\n",
            TRACK,
            ",\n",
            "]}]",
            brokenImage,
            "{\"a\":1}",
            "{\"date\":{\"uts\":}}"),
        format(
            "",
            LISTEN,
            "\n",
            "\n",
            LISTEN.replace("_at\":1,", "_at\":,"),
            LISTEN.replace("\"a\":1", "\"a\":"),
            "{,\"listened_at\":1}",
            "{\"inserted_at\":1}",
            "{\"listened_at\":1764"));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void eachLineOfARunIsTold(
      String begin, String good, String separator, String end, List<String> kinds)
      throws IOException {
    for (String broken : kinds) {
      List<String> run = Collections.nCopies(5, broken);
      assertAllTold(begin, good, separator, end, run);
    }
    assertAllTold(begin, good, separator, end, kinds);
  }

  private void assertAllTold(
      String begin, String good, String separator, String end, List<String> broken)
      throws IOException {
    imports.messages.clear();
    imports.write(
        "a.json",
        begin
            + good.formatted("One")
            + separator
            + String.join(separator, broken)
            + separator
            + good.formatted("Two")
            + end);

    assertThat(imports.account())
        .as("%s", broken)
        .isEqualTo("in %d = sent 2 + unreadable %d".formatted(2 + broken.size(), broken.size()));
  }

  /** A line whose begin is lost is one, too, wherever it is. */
  @Test
  void linesThatAreNoObjectsAreTold() throws IOException {
    String good = LISTEN.formatted("One") + "\n";
    String noBegin = "\"listened_at\":1764000000,\"track_metadata\":{\"track_name\":\"One\"}}\n";
    String rubbish = "rubbish\n<html>\n\n";
    imports.write("1.json", good + noBegin + good);
    imports.write("2.json", good + noBegin + noBegin + noBegin + good + noBegin + good);
    imports.write("3.json", good + rubbish + good + rubbish + good + rubbish);
    imports.write("4.json", good + "17\n18\n{,}\n19\n" + good + "20\n");

    assertThat(imports.listing().run())
        .contains(
            "unreadable: 1.json, line 2: found a value, expected an object",
            "unreadable: 3.json, line 3: found broken JSON, from byte %d of the file on"
                .formatted(good.length() + "rubbish\n".length()))
        .endsWith("in 26 = sent 1 + repeated 9 + unreadable 16");
    assertThatThrownBy(() -> imports.importer().requireWhole())
        .hasMessageContainingAll("1.json is damaged", "2.json is", "3.json is", "4.json is");
  }

  /** Parts of a broken line that stand on lines of their own are indented. */
  @Test
  void partsOfABrokenLineAreNoLines() throws IOException {
    String track =
        """
            {
              "artist": {"#text": "A"},
              "image": [
                {
                  "size": "small"%s
                },
                {
                  "size": "large"
                }
              ],
              "name": "One",
              "date": {"uts": "1764000000"}
            }""";
    imports.write(
        "a.json",
        "{\n  \"track\": [\n"
            + String.join(",\n", track.formatted(",,"), track.formatted(",,"), track.formatted(""))
            + "\n  ]\n}\n");

    assertThat(imports.account()).isEqualTo("in 3 = sent 1 + unreadable 2");
  }

  @Test
  void aPageThatIsBrokenBeforeItsFirstTrackIsReadOn() throws IOException {
    imports.write(
        "a.json",
        "[{\"track\":[x,%s,%s]}]".formatted(TRACK.formatted("One"), TRACK.formatted("Two")));
    imports.write(
        "b.json", "{\"recenttracks\":{\"track\":[,%s]}}".formatted(TRACK.formatted("Three")));

    assertThat(imports.account()).isEqualTo("in 5 = sent 3 + unreadable 2");
  }

  /** Whatever is broken, and however: reading ends, and the sum holds. */
  @RepeatedTest(200)
  void theSumHolds(RepetitionInfo repetition) throws IOException {
    Random random = new Random(repetition.getCurrentRepetition());
    byte[] rubbish = "\"{}[],:\\x\n".getBytes(StandardCharsets.UTF_8);
    for (Arguments format : formats().toList()) {
      Object[] parts = format.get();
      StringBuilder text = new StringBuilder((String) parts[0]);
      for (int i = 0; i < 20; i++) {
        text.append(i == 0 ? "" : parts[2]).append(((String) parts[1]).formatted("Song" + i));
      }
      byte[] file = text.append(parts[3]).toString().getBytes(StandardCharsets.UTF_8);
      int breaks = random.nextInt(5);
      // Not the first line, by which the format is known.
      int first = new String(file, StandardCharsets.ISO_8859_1).indexOf("Song1\"");
      for (int i = 0; i < breaks; i++) {
        file[first + random.nextInt(file.length - first)] = rubbish[random.nextInt(rubbish.length)];
      }
      imports.messages.clear();
      imports.write("a.json", file);

      imports.run();

      assertThat(imports.sent().size()).isBetween(20 - 2 * breaks - 1, 20);
    }
  }
}
