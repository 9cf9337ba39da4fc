package io.playlog.web.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.playlog.listen.ListenMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a request's body. */
class SubmissionTest {
  private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
  private static final String TRACK =
      "\"track_metadata\":{\"track_name\":\"One\",\"artist_name\":\"A\"}";
  private static final String LISTEN = "{\"listened_at\":1764000000," + TRACK + "}";

  private static List<String> messages(String body) throws Problem, IOException {
    return messages(body.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> messages(byte[] body) throws Problem, IOException {
    RequestBody read = new RequestBody(new ByteArrayInputStream(body));
    return Submission.read(read).messages("Ada", NOW.toEpochMilli()).stream()
        .map(ListenMessage::json)
        .map(json -> new String(json, StandardCharsets.UTF_8))
        .toList();
  }

  private static String body(String type, String... listens) {
    return "{\"listen_type\":\"%s\",\"payload\":[%s]}".formatted(type, String.join(",", listens));
  }

  private static void refused(byte[] body, String message) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> messages(body))
        .satisfies(problem -> assertThat(problem.status()).isEqualTo(400))
        .withMessage(message);
  }

  /** The lines and messages of OtherExportsTest, which imports them. */
  @Test
  void aListenIsTheSameAsInAnExport() throws Exception {
    assertThat(
            messages(
                body(
                    "import",
                    """
                    {"listened_at":1764000000,"inserted_at":1,"track_metadata":{"artist_name":"A","track_name":"One","release_name":"R","additional_info":{"duration_played":25,"artists":[{"artist_credit_name":"A"}]}},"user_name":"ada"}""",
                    """
                    {"listened_at":1764000001.5,"track_metadata":{"artist_name":"A","track_name":"One","release_name":"","additional_info":{"ms_played":31000,"submission_client":"Other"}}}""",
                    """
                    {"listened_at":"1764000002","track_metadata":{"artist_name":"A","track_name":"One","release_name":null}}""",
                    """
                    {"listened_at":1764000000,"track_metadata":{"artist_name":"A","track_name":"One","additional_info":{"submission_client":"Playlog","event_timestamp":"1764000000123","source":"spotify-extended"}}}""")))
        .containsExactly(
            "{\"name\":\"Ada\",\"song\":\"One\",\"event_timestamp\":\"1764000000000\",\"artist\":\"A\",\"album\":\"R\",\"ms_played\":25000,\"source\":\"listenbrainz\"}",
            "{\"name\":\"Ada\",\"song\":\"One\",\"event_timestamp\":\"1764000001500\",\"artist\":\"A\",\"ms_played\":31000,\"source\":\"listenbrainz\"}",
            "{\"name\":\"Ada\",\"song\":\"One\",\"event_timestamp\":\"1764000002000\",\"artist\":\"A\",\"source\":\"listenbrainz\"}",
            "{\"name\":\"Ada\",\"song\":\"One\",\"event_timestamp\":\"1764000000123\",\"artist\":\"A\",\"source\":\"spotify-extended\"}");
  }

  @Test
  void theOrderOfFieldsAndOtherFieldsDoNotMatter() throws Exception {
    assertThat(
            messages(
                "{\"x\":{\"payload\":1},\"payload\":[" + LISTEN + "],\"listen_type\":\"single\"}"))
        .hasSize(1);
  }

  @Test
  void whatIsPlayingNowIsNotStored() throws Exception {
    assertThat(messages(body("playing_now", "{" + TRACK + "}"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                                              | found no JSON object, expected one with listen_type and payload
          []                                              | found no JSON object, expected one with listen_type and payload
          {}                                              | listen_type: expected single, import or playing_now
          {"listen_type":"singles","payload":[%s]}        | listen_type: expected single, import or playing_now
          {"listen_type":1,"payload":[%s]}                | listen_type: expected single, import or playing_now
          {"listen_type":"single"}                        | payload: found no listen
          {"listen_type":"single","payload":[]}           | payload: found no listen
          {"listen_type":"single","payload":%s}           | payload: found no array, expected one of listens
          {"listen_type":"single","payload":[1]}          | payload[0]: found no object, expected a listen
          {"listen_type":"single","payload":[%s,%s]}      | payload: found 2 listens, expected one for listen_type single
          {"listen_type":"playing_now","payload":[%s,%s]} | payload: found 2 listens, expected one for listen_type playing_now
          {"listen_type":"playing_now","payload":[%s]}    | payload[0]: listened_at: expected none for listen_type playing_now
          {"listen_type":"playing_now","payload":[{}]}    | payload[0]: track_metadata.artist_name: found no text, expected the artist's name
          {"listen_type":"single","payload":[%s],}        | found broken JSON at byte 120
          {"listen_type":"single","payload":[%s           | found broken JSON at byte 117
          {"listen_type":"single","payload":[%s]}{}       | found something after the end of the JSON object
          """)
  void whatIsNoSubmissionIsNamed(String body, String message) {
    refused(body.replace("%s", LISTEN).getBytes(StandardCharsets.UTF_8), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {%s}                                                    | listened_at: expected when it began, in seconds since 1970, such as 1764000000
          {"listened_at":null,%s}                                 | listened_at: expected when it began, in seconds since 1970, such as 1764000000
          {"listened_at":"yesterday",%s}                          | listened_at: expected when it began, in seconds since 1970, such as 1764000000
          {"listened_at":1033430399,%s}                           | listened_at: found a time before 2002-10-01T00:00:00Z
          {"listened_at":1795654801,%s}                           | listened_at: found a time that is not yet
          {"listened_at":1764000000000,%s}                        | listened_at: expected when it began, in seconds since 1970, such as 1764000000
          {"listened_at":1}                                       | track_metadata.artist_name: found no text, expected the artist's name
          {"listened_at":1764000000,"track_metadata":{"artist_name":["A"],"track_name":"One"}} | track_metadata.artist_name: found no text, expected the artist's name
          {"listened_at":1764000000,"track_metadata":{"artist_name":"\\u200b","track_name":"One"}} | track_metadata.artist_name: found no text, expected the artist's name
          {"listened_at":1764000000,"track_metadata":{"artist_name":"A"}}                      | song-missing
          {"listened_at":1764000000,"track_metadata":{"artist_name":"A","track_name":" "}}     | song-blank
          {"listened_at":1764000000,"track_metadata":{"artist_name":"A","track_name":"\\ud800"}} | not-utf8
          {"listened_at":1764000000,"track_metadata":{"artist_name":"~","track_name":"One"}}   | artist-too-long
          {"listened_at":1764000000,"track_metadata":{"artist_name":"A","track_name":"~"}}     | song-too-long
          {"listened_at":1764000000,"track_metadata":{"artist_name":"A","track_name":"One","release_name":"~"}} | album-too-long
          """)
  void aListenThatTheStreamOrListenBrainzWouldRefuseIsNamed(String listen, String message) {
    String refused = listen.replace("%s", TRACK).replace("~", "x".repeat(1025));
    String body = body("import", LISTEN, LISTEN, refused, LISTEN);
    refused(body.getBytes(StandardCharsets.UTF_8), "payload[2]: " + message);
  }

  @Test
  void theFirstAndTheLastTimeThatCount() throws Exception {
    long last = NOW.plus(Duration.ofHours(1)).getEpochSecond();
    for (long time : new long[] {1_033_430_400, last}) {
      assertThat(messages(body("single", "{\"listened_at\":" + time + "," + TRACK + "}")))
          .singleElement()
          .asString()
          .contains("\"event_timestamp\":\"" + time + "000\"");
    }
  }

  @Test
  void atMostAThousandListens() throws Exception {
    String[] listens = Collections.nCopies(1000, LISTEN).toArray(String[]::new);
    assertThat(messages(body("import", listens))).hasSize(1000);
    refused(
        body("import", LISTEN, String.join(",", listens)).getBytes(StandardCharsets.UTF_8),
        "payload: found more than 1,000 listens");
  }

  @Test
  void atMost10240BytesAListen() throws Exception {
    String start = "{\"x\":\"";
    String end = "\"," + LISTEN.substring(1);
    String most = start + "ü".repeat((10_240 - start.length() - end.length()) / 2) + end;
    assertThat(messages(body("import", LISTEN, most))).hasSize(2);
    String more = most.replaceFirst("ü", "üü");
    refused(
        body("import", LISTEN, more).getBytes(StandardCharsets.UTF_8),
        "payload[1]: found a listen of %,d bytes, expected 10,240 at most"
            .formatted(more.getBytes(StandardCharsets.UTF_8).length));
  }

  @Test
  void otherEncodingsAreNamed() {
    refused(
        body("single", LISTEN).getBytes(StandardCharsets.UTF_16BE),
        "found UTF-16 or UTF-32, expected UTF-8");
  }

  @Test
  void aBodyWithoutEndIsNotReadToItsEnd() {
    InputStream endless =
        new InputStream() {
          private boolean hasBegun;

          @Override
          public int read() {
            int next = hasBegun ? ' ' : '{';
            hasBegun = true;
            return next;
          }
        };
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> Submission.read(new RequestBody(endless)))
        .withMessage(
            "the request has more than the 10,240,000 bytes of 1,000 listens of 10,240 bytes");
  }
}
