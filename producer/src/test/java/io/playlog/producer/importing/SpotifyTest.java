package io.playlog.producer.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpotifyTest {
  private static final String TS = "2019-03-10T02:30:00Z";

  @TempDir private Path folder;
  private Imports imports;

  @BeforeEach
  void empty() {
    imports = new Imports(folder);
  }

  /** A row as Spotify writes it, in which some fields have other values: JSON, or null for none. */
  static String row(String... changes) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("ts", '"' + TS + '"');
    fields.put("username", "\"user0\"");
    fields.put("platform", "\"Android OS 12 (Pixel 5)\"");
    fields.put("ms_played", "182932");
    fields.put("conn_country", "\"ZW\"");
    fields.put("ip_addr_decrypted", "\"203.0.113.9\"");
    fields.put("user_agent_decrypted", "\"Spotify/8.7\"");
    fields.put("master_metadata_track_name", "\"Song One\"");
    fields.put("master_metadata_album_artist_name", "\"Artist A\"");
    fields.put("master_metadata_album_album_name", "\"Album A\"");
    fields.put("spotify_track_uri", "\"spotify:track:0000000000000000000001\"");
    fields.put("episode_name", "null");
    fields.put("episode_show_name", "null");
    fields.put("spotify_episode_uri", "null");
    fields.put("reason_start", "\"trackdone\"");
    fields.put("reason_end", "\"endplay\"");
    fields.put("shuffle", "false");
    fields.put("skipped", "null");
    fields.put("offline", "false");
    fields.put("offline_timestamp", "0");
    fields.put("incognito_mode", "false");
    for (int i = 0; i < changes.length; i += 2) {
      if (changes[i + 1] == null) {
        fields.remove(changes[i]);
      } else {
        fields.put(changes[i], changes[i + 1]);
      }
    }
    return fields.entrySet().stream()
        .map(field -> '"' + field.getKey() + "\":" + field.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  static String array(String... rows) {
    return "[" + String.join(",", rows) + "]";
  }

  private static String podcast() {
    return row(
        "master_metadata_track_name",
        "null",
        "episode_name",
        "\"E\"",
        "episode_show_name",
        "\"S\"");
  }

  @Test
  void aListenBeginsWhenTheSongBeganAndSaysWhatIsKnown() throws IOException {
    imports.write("a.json", array(row()));

    assertThat(imports.account()).isEqualTo("in 1 = sent 1");
    assertThat(imports.sentText())
        .isEqualTo(
            "{\"name\":\"Ada\",\"song\":\"Song One\",\"event_timestamp\":\"1552184817068\","
                + "\"artist\":\"Artist A\",\"album\":\"Album A\",\"ms_played\":182932,"
                + "\"source\":\"spotify-extended\"}\n");
    assertThat(imports.sent()).containsExactly("Song One 2019-03-10T02:26:57.068Z");
  }

  @Test
  void eachOddityIsAccountedFor() throws IOException {
    imports.write(
        "endsong_0.json",
        array(
            row(),
            row("offline_timestamp", "1552185000123", "skipped", "true"), // repeated
            row("master_metadata_track_name", "\"Two\"", "skipped", "true"), // the same ts
            row("master_metadata_track_name", "\"Three\"", "offline_timestamp", "null"),
            row("master_metadata_track_name", "\"Four\"", "ms_played", "30000"),
            row("master_metadata_track_name", "\"Four\"", "ms_played", "29999"), // short
            row("ms_played", "0"), // short
            row("ms_played", "-1"), // unreadable
            row("ms_played", "null"), // unreadable
            row("ms_played", "\"long\""), // unreadable
            row("incognito_mode", "true"), // private
            row("incognito_mode", "true", "ms_played", "10"), // private
            podcast(),
            row("master_metadata_track_name", "null", "audiobook_title", "\"B\""),
            row("master_metadata_track_name", "null"), // unreadable
            row("master_metadata_track_name", "\" \""), // unreadable
            row("master_metadata_track_name", '"' + "x".repeat(1025) + '"'), // unreadable
            row("master_metadata_track_name", "\"a\\ud83d\""), // unreadable
            row("ts", "\"1970-01-01T00:00:00Z\""), // unreadable
            row("ts", "\"2026-12-26T00:00:00Z\""), // unreadable
            row("ts", "\"yesterday\""), // unreadable
            row("ts", "\"2019-02-30T00:00:00Z\""), // unreadable
            row("ts", "null"), // unreadable
            "17", // unreadable
            "{}")); // unreadable
    imports.write("Streaming_History_Video_2019.json", array(row(), podcast()));

    List<String> printed = imports.minPlayed(Duration.ofSeconds(30)).listing().run();

    assertThat(printed.get(printed.size() - 1))
        .isEqualTo(
            "in 27 = sent 4 + repeated 1 + shorter than 30 s 2 + private 2 + podcasts 1"
                + " + audiobooks 1 + videos 2 + unreadable 14");
    assertThat(imports.sent())
        .containsExactly(
            "Song One 2019-03-10T02:26:57.068Z",
            "Two 2019-03-10T02:26:57.068Z",
            "Three 2019-03-10T02:26:57.068Z",
            "Four 2019-03-10T02:29:30Z");
    assertThat(printed)
        .contains(
            "repeated: endsong_0.json, item 2",
            "shorter than 30 s: endsong_0.json, item 6",
            "unreadable: endsong_0.json, item 8: found a negative time played",
            "unreadable: endsong_0.json, item 9: found no time played, in milliseconds",
            "private: endsong_0.json, item 12",
            "podcasts: endsong_0.json, item 13",
            "audiobooks: endsong_0.json, item 14",
            "unreadable: endsong_0.json, item 15: found no name of a song, as of one that has left Spotify",
            "unreadable: endsong_0.json, item 16: song-blank",
            "unreadable: endsong_0.json, item 17: song-too-long",
            "unreadable: endsong_0.json, item 18: not-utf8",
            "unreadable: endsong_0.json, item 19: timestamp-too-early",
            "unreadable: endsong_0.json, item 20: timestamp-in-the-future",
            "unreadable: endsong_0.json, item 21: found what is no time, expected one such as 2019-03-10T02:30:00Z",
            "unreadable: endsong_0.json, item 23: found no time",
            "unreadable: endsong_0.json, item 24: found a value, expected an object",
            "videos: Streaming_History_Video_2019.json, item 1",
            "files 2, not recognised 0");
  }

  @Test
  void nothingAboutThePersonIsSentOrPrinted() throws IOException {
    imports.write(
        "a.json",
        array(row(), row("ms_played", "1"), row("incognito_mode", "true"), row("ts", "\"ZW\""))
            + "{\"username\":\"user0\",\"ip_addr_decrypted\":\"203.0.113.9\",\"broken");

    String all = imports.listing().run() + imports.sentText();

    assertThat(all).contains("in 5 = sent 1 + shorter than 30 s 1 + private 1 + unreadable 2");
    assertThat(all).doesNotContain("203.0", "ZW", "user0", "Android", "8.7", "spotify:track");
  }

  @Test
  void rulesAreOptions() throws IOException {
    imports.write("a.json", array(row("ms_played", "0"), row("incognito_mode", "true")));

    assertThat(imports.minPlayed(Duration.ZERO).keepingPrivate().account())
        .isEqualTo("in 2 = sent 2");
  }

  @Test
  void timesOfOlderExports() throws IOException {
    imports.write(
        "a.json",
        "\uFEFF"
            + array(
                row("ts", "\"2019-03-10 02:30:00\"", "ms_played", "60000"),
                row("ts", "\"2019-03-10 02:31:00 UTC\"", "ms_played", "60000"),
                row("ts", "\"2019-03-10T04:32:00+02:00\"", "ms_played", "60000"),
                row("ts", "\"2019-03-10T02:33:00.5Z\"", "ms_played", "60000.0")));

    assertThat(imports.account()).isEqualTo("in 4 = sent 4");
    assertThat(imports.sent())
        .containsExactly(
            "Song One 2019-03-10T02:29:00Z",
            "Song One 2019-03-10T02:30:00Z",
            "Song One 2019-03-10T02:31:00Z",
            "Song One 2019-03-10T02:32:00.500Z");
  }

  @Test
  void namesInTwoUnicodeFormsAreOneListen() throws IOException {
    imports.write(
        "a.json",
        array(
            row("master_metadata_track_name", "\"Caf\\u00e9\""),
            row("master_metadata_track_name", "\"Cafe\\u0301\"")));

    assertThat(imports.account()).isEqualTo("in 2 = sent 1 + repeated 1");
  }

  @Test
  void accountDataHasWholeMinutes() throws IOException {
    String play =
        "{\"endTime\":\"2021-05-01 10:15\",\"artistName\":\"A\",\"trackName\":\"S\",\"msPlayed\":%d}";
    imports.write(
        "StreamingHistory_music_0.json",
        array(
            play.formatted(200_000),
            play.formatted(31_000),
            play.formatted(31_000),
            play.formatted(500)));
    imports.write(
        "StreamingHistory_podcast_0.json",
        array(
            "{\"endTime\":\"2021-05-01 10:15\",\"podcastName\":\"P\",\"episodeName\":\"E\",\"msPlayed\":1}"));
    imports.write("Userdata.json", "{\"username\":\"user0\",\"email\":\"ada@example.org\"}");

    List<String> printed = imports.run();

    assertThat(printed.get(printed.size() - 1))
        .isEqualTo("in 5 = sent 2 + repeated 1 + shorter than 30 s 1 + podcasts 1");
    assertThat(imports.sent()).containsExactly("S 2021-05-01T10:11:40Z", "S 2021-05-01T10:14:29Z");
    assertThat(printed).contains("not recognised: Userdata.json: found other JSON");
    assertThat(imports.sentText()).contains("\"source\":\"spotify-account\"");
  }

  @Test
  void onePlayToldByTwoExportsIsShownAndNotGuessed() throws IOException {
    imports.write("a.json", array(row()));
    imports.write(
        "b.csv",
        "uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid\n"
            + "1552184814,x,Artist A,,Album A,,Song One,\n"
            + "1552184700,x,Artist A,,Album A,,Song One,\n");

    assertThat(imports.run())
        .containsExactly(
            "alike: \"Song One\", 2019-03-10T02:26:54Z by lastfm and 2019-03-10T02:26:57.068Z by spotify-extended",
            "alike 1: listens of one song by two exports, within a minute; all are sent, since nobody can tell whether they are one",
            "files 2, not recognised 0",
            "in 3 = sent 3");
  }

  /** What is stored already says its sources in its own export. */
  @Test
  void whatAPlayerHasSubmittedAlreadyIsShownBesideItsOwnExport() throws IOException {
    String listen =
        "{\"listened_at\":1552184814,\"track_metadata\":{\"track_name\":\"%s\",\"additional_info\":"
            + "{\"submission_client\":\"Playlog\",\"event_timestamp\":1552184814500%s}}}\n";
    Path stored =
        imports.write(
            "ada.jsonl",
            listen.formatted("Song One", ",\"source\":\"listenbrainz\"")
                + listen.formatted("Song Two", ""));
    Path history =
        imports.write(
            "my_spotify.json", array(row(), row("master_metadata_track_name", "\"Song Two\"")));

    assertThat(imports.run(stored, history))
        .contains(
            "alike: \"Song One\", 2019-03-10T02:26:54.500Z by listenbrainz and 2019-03-10T02:26:57.068Z by spotify-extended",
            "alike: \"Song Two\", 2019-03-10T02:26:54.500Z by unknown and 2019-03-10T02:26:57.068Z by spotify-extended")
        .endsWith("in 4 = sent 4");
  }
}
