package io.playlog.producer.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Last.fm, ListenBrainz and what is neither. */
class OtherExportsTest {
  private static final String HEADER =
      "uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid\n";

  @TempDir private Path folder;
  private Imports imports;

  @BeforeEach
  void empty() {
    imports = new Imports(folder);
  }

  @Test
  void scrobblesWithHeader() throws IOException {
    imports.write(
        "recenttracks.csv",
        "\uFEFF"
            + HEADER
            + "\"1764000000\",\"24 Nov 2025, 16:00\",\"Artist A\",\"\",\"Album A\",\"\",\"Song One\",\"\"\n"
            + "\"1764000000\",\"24 Nov 2025, 16:00\",\"Artist B\",\"\",\"Album A\",\"\",\"Song One\",\"\"\n"
            + "1,x,Artist B,,,,Song Two,\n"
            + "1764000001,x,Artist A,,,,\"Line\nbreak, \"\"quoted\"\"\",\n"
            + "\n"
            + "1764000002,x,Artist A,,,,\"never closed,\n"
            + "1764000003,x,Artist A,,,,Don´t Look Back,\n"
            + "1764000004,x,Artist A\n"
            + ",x,Artist A,,,,Now,\n"
            + "24 Nov 2025,x,Artist A,,,,Now,\n"
            + "1764000005123,x,Artist A,,,,In milliseconds,\n");

    List<String> printed = imports.run();

    assertThat(printed)
        .containsExactly(
            "unreadable: recenttracks.csv, line 4: timestamp-too-early",
            "unreadable: recenttracks.csv, line 8: found a quote at the start of field 7 that is not closed in its line",
            "unreadable: recenttracks.csv, line 10: found 3 fields, expected 8",
            "unreadable: recenttracks.csv, line 11: found no time",
            "unreadable: recenttracks.csv, line 12: found what is no time, expected one in seconds since 1970, such as 1764000000",
            "unreadable: recenttracks.csv, line 13: found what is no time, expected one in seconds since 1970, such as 1764000000",
            "files 1, not recognised 0",
            "in 10 = sent 3 + repeated 1 + unreadable 6");
    assertThat(imports.sent())
        .containsExactly(
            "Song One 2025-11-24T16:00:00Z",
            "Line\nbreak, \"quoted\" 2025-11-24T16:00:01Z",
            "Don´t Look Back 2025-11-24T16:00:03Z");
    assertThat(imports.sentText())
        .contains(
            "\"artist\":\"Artist A\",\"album\":\"Album A\",\"source\":\"lastfm\"}",
            "\"artist\":\"Artist A\",\"source\":\"lastfm\"}");
  }

  @Test
  void columnsAreFoundByTheirNames() throws IOException {
    imports.write("a.csv", "Track,Artist,UTS\r\nOne,A,1764000000\r\n");

    assertThat(imports.account()).isEqualTo("in 1 = sent 1");
    assertThat(imports.sent()).containsExactly("One 2025-11-24T16:00:00Z");
  }

  @Test
  void scrobblesWithoutHeader() throws IOException {
    imports.write(
        "ada.csv",
        """
        Artist A,Album A,Playing Now,
        Artist A,Album A,"One, Two",24 Nov 2025 16:00
        Artist A,,Three,"24 Nov 2025, 16:01"
        Artist A,,Four,4 sep 2025 16:01
        Artist A,,Five,2025-11-24 16:01
        Artist A,,Six,31 Feb 2025 16:01
        """);

    assertThat(imports.account()).isEqualTo("in 6 = sent 3 + unreadable 3");
    assertThat(imports.sent())
        .containsExactly(
            "One, Two 2025-11-24T16:00:00Z",
            "Three 2025-11-24T16:01:00Z",
            "Four 2025-09-04T16:01:00Z");
  }

  private void assertDamaged(String file) {
    assertThatThrownBy(() -> imports.importer().requireWhole())
        .hasMessageContaining(file + " is damaged or ends early");
  }

  /** A broken row is told like a broken object of JSON; what is no listen is no damage. */
  @Test
  void aTableWithABrokenRowIsDamaged() throws IOException {
    imports.write("a.csv", HEADER + "1764000000,x,A,,,,One,\n,x,A,,,,Now,\n1,x,A,,,,Old,\n");

    assertThat(imports.account()).isEqualTo("in 3 = sent 1 + unreadable 2");
    imports.importer().requireWhole();

    for (String broken : List.of("1764000000,x,A\n", "1764000000,x,A,,,,\"One,\n")) {
      imports.messages.clear();
      imports.write("a.csv", HEADER + "1764000000,x,A,,,,One,\n" + broken);

      assertThat(imports.account()).isEqualTo("in 2 = sent 1 + unreadable 1");
      assertDamaged("a.csv");
    }
  }

  /** A begin like that of JSON does not make it JSON. */
  @ParameterizedTest
  @ValueSource(strings = {"[unknown]", "{Artist}", "[", "\uFEFF[unknown]"})
  void aTableMayBeginWithABracket(String artist) throws IOException {
    imports.write(
        "ada.csv", artist + ",Album,Song,24 Nov 2025 16:00\nB,,Other,24 Nov 2025 16:04\n");

    assertThat(imports.account()).isEqualTo("in 2 = sent 2");
    assertThat(imports.sent())
        .containsExactly("Song 2025-11-24T16:00:00Z", "Other 2025-11-24T16:04:00Z");
  }

  @Test
  void aBrokenByteCostsItsRow() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write((HEADER + "1764000000,x,A,,,,Caf").getBytes(StandardCharsets.UTF_8));
    file.write(0xe9);
    file.write(",\n1764000001,x,A,,,,Café \uFFFD,\n".getBytes(StandardCharsets.UTF_8));
    imports.write("latin.csv", file.toByteArray());

    assertThat(imports.account()).isEqualTo("in 2 = sent 1 + unreadable 1");
    assertThat(imports.sent()).containsExactly("Café \uFFFD 2025-11-24T16:00:01Z");
    assertDamaged("latin.csv");
  }

  @Test
  void pagesOfScrobbles() throws IOException {
    String track =
        """
        {"artist":{"mbid":"","#text":"Artist A"},"name":"%s","album":{"mbid":"","#text":"%s"},
         "image":[{"size":"small","#text":"http://localhost/1.png"}],"date":{"uts":"%d","#text":"x"}}""";
    String now =
        "{\"artist\":{\"#text\":\"A\"},\"name\":\"Now\",\"@attr\":{\"nowplaying\":\"true\"}}";
    imports.write(
        "a.json",
        "[{\"track\":[%s,%s,%s],\"@attr\":{\"page\":\"1\",\"user\":\"ada\"}},\n{\"track\":[%s]},{\"track\":[]}]"
            .formatted(
                now,
                track.formatted("One", "Album A", 1764000000),
                track.formatted("Two", "", 1),
                track.formatted("One", "", 1764000060)));
    imports.write(
        "one.json",
        "{\"recenttracks\":{\"@attr\":{},\"track\":[%s]}}"
            .formatted(track.formatted("One", "Album A", 1764000000)));

    List<String> printed = imports.run();

    assertThat(printed)
        .containsExactly(
            "unreadable: a.json, item 1: found no time",
            "unreadable: a.json, item 3: timestamp-too-early",
            "files 2, not recognised 0",
            "in 5 = sent 2 + repeated 1 + unreadable 2");
    assertThat(imports.sentText())
        .contains("\"artist\":\"Artist A\",\"album\":\"Album A\",\"source\":\"lastfm\"}");
  }

  @Test
  void listensOfListenBrainz() throws IOException {
    imports.write(
        "listens/2025/11.jsonl",
        """
        {"listened_at":1764000000,"inserted_at":1,"track_metadata":{"artist_name":"A","track_name":"One","release_name":"R","additional_info":{"duration_played":25,"artists":[{"artist_credit_name":"A"}]}},"user_name":"ada"}
        {"listened_at":1764000001.5,"track_metadata":{"artist_name":"A","track_name":"One","additional_info":{"ms_played":31000}}}
        {"listened_at":"1764000002","track_metadata":{"artist_name":"A","track_name":"One"}}
        {"listened_at":1.764000003e9,"track_metadata":{"artist_name":"A","track_name":"One","additional_info":{"duration_played":"?"}}}

        {"listened_at":null,"track_metadata":{"artist_name":"A","track_name":"One"}}
        {"listened_at":1764000004,"track_metadata":{"artist_name":"A"}}
        {"listened_at":1e300,"track_metadata":{"artist_name":"A","track_name":"One"}}
        {"listened_at":1764000005,"track_metadata":{"artist_name":"A","track_na
        {"listened_at":1764000006,"track_metadata":{"artist_name":"A","track_name":"Six","additional_info":{"artists":[{"x":}]}}}
        {"listened_at":1764000007,"track_metadata":{"artist_name":"A","track_name":"Seven"}}
        """);

    List<String> printed = imports.run();

    assertThat(printed)
        .containsExactly(
            "unreadable: listens/2025/11.jsonl, line 6: found no time",
            "unreadable: listens/2025/11.jsonl, line 7: song-missing",
            "unreadable: listens/2025/11.jsonl, line 8: found what is no time, expected one in seconds since 1970, such as 1764000000",
            "unreadable: listens/2025/11.jsonl, line 9: found broken JSON, from byte 772 of the file on",
            "unreadable: listens/2025/11.jsonl, line 10: found broken JSON, from byte 844 of the file on",
            "files 1, not recognised 0",
            "in 10 = sent 5 + unreadable 5");
    assertThat(imports.sent())
        .containsExactly(
            "One 2025-11-24T16:00:00Z",
            "One 2025-11-24T16:00:01.500Z",
            "One 2025-11-24T16:00:02Z",
            "One 2025-11-24T16:00:03Z",
            "Seven 2025-11-24T16:00:07Z");
    assertThat(imports.sentText())
        .contains(
            "\"artist\":\"A\",\"album\":\"R\",\"ms_played\":25000,\"source\":\"listenbrainz\"}",
            "\"ms_played\":31000,\"source\":\"listenbrainz\"}",
            "\"artist\":\"A\",\"source\":\"listenbrainz\"}")
        .doesNotContain("ada");
  }

  /** What a player has put into its listens may be called as Spotify's fields are. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"ts\":\"2019-03-10T02:30:00Z\",\"ms_played\":31000",
        "\"endTime\":\"2021-05-01 10:15\",\"msPlayed\":31000,\"ms_played\":31000"
      })
  void listensWithFieldsOfSpotifyAreNoneOfSpotify(String more) throws IOException {
    imports.write(
        "a.jsonl",
        "{\"listened_at\":1764000000,\"track_metadata\":{\"track_name\":\"One\",\"additional_info\":{%s}}}"
            .formatted(more));

    assertThat(imports.account()).isEqualTo("in 1 = sent 1");
    assertThat(imports.sentText()).contains("\"ms_played\":31000,\"source\":\"listenbrainz\"}");
  }

  @Test
  void playlogsOwnListensAreThoseThatTheyWere() throws IOException {
    String listen =
        "{\"listened_at\":1764000000,\"track_metadata\":{\"track_name\":\"One\",\"additional_info\":"
            + "{\"submission_client\":\"%s\",\"event_timestamp\":\"1764000000123\",\"source\":\"spotify-extended\"}}}\n";
    imports.write("a.jsonl", listen.formatted("Playlog") + listen.formatted("Other"));

    assertThat(imports.account()).isEqualTo("in 2 = sent 2");
    assertThat(imports.sentText().lines())
        .containsExactly(
            "{\"name\":\"Ada\",\"song\":\"One\",\"event_timestamp\":\"1764000000123\",\"source\":\"spotify-extended\"}",
            "{\"name\":\"Ada\",\"song\":\"One\",\"event_timestamp\":\"1764000000000\",\"source\":\"listenbrainz\"}");
  }

  @Test
  void whatIsNoHistoryIsNamedWithWhatItIs() throws IOException {
    imports.write("1.json", "");
    imports.write("2.json", "<!DOCTYPE html><html><title>Log in, ada@example.org</title></html>");
    imports.write("3.json", "  \n");
    imports.write("4.json", "[]");
    imports.write("5.json", "{\"email\":\"ada@example.org\"}");
    imports.write("6.pdf", "%PDF-1.7");
    imports.write("7.csv", "name,artists\nOne,A\n");
    imports.write("8.gz", new byte[] {0x1f, (byte) 0x8b, 8, 0});
    imports.write("9.json", "[{\"ts\":".getBytes(StandardCharsets.UTF_16));

    assertThat(imports.run())
        .containsExactly(
            "not recognised: 1.json: found an empty file",
            "not recognised: 2.json: found an HTML or XML page, such as one to log in; download the file itself",
            "not recognised: 3.json: found nothing but white space",
            "not recognised: 4.json: found other JSON",
            "not recognised: 5.json: found other JSON",
            "not recognised: 6.pdf: found a PDF file",
            "not recognised: 7.csv: found another kind of file",
            "not recognised: 8.gz: found a gzip file; unpack it (gunzip)",
            "not recognised: 9.json: found UTF-16; save it as UTF-8",
            "expected a listening history of Spotify (extended history or account data: JSON), Last.fm (JSON or CSV), ListenBrainz or Playlog (JSONL)",
            "files 0, not recognised 9",
            "in 0 = sent 0");
  }
}
