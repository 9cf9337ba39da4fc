package io.playlog.listen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each reason with the messages that have it. */
class RejectReasonTest {
  private static final long SENT = 1_708_898_400_123L;
  private static final String TIME = "\"1708898400123\"";
  private static final String LONG = "\"" + "x".repeat(1025) + "\"";
  private static final List<String> NOT_TEXT =
      List.of(
          "5",
          "1.5",
          "true",
          "false",
          "[]",
          "[\"Ada\"]",
          "{}",
          "\"\\ud800\"",
          "\"\\udfb5 x\"",
          "\"\\udfb5\\ud83c\"",
          "\"\\ud83c\\ud83c\\udfb5\"");
  private static final List<String> BLANK =
      List.of(
          "\"\"",
          "\" \"",
          "\"\\t\\n \\u3000\"",
          "\"\u00a0\"",
          "\"\\u200b\"",
          "\"\\u3164 \\u2800\"",
          "\"\\u0000\\u202e\\ufeff\"",
          "\"\\udb40\\udc41\"");

  static Stream<Arguments> messages() {
    return Stream.of(
            of(
                RejectReason.NOT_JSON,
                " ",
                "no",
                "{",
                "}",
                "{\"name\"",
                "{\"name\":}",
                "[",
                "[1",
                "[1}",
                "\"open",
                "1x",
                "nul",
                "NaN",
                "{'name': 1}",
                "{name: 1}",
                "{\"a\": 1,}",
                "\uFEFF{}",
                "{\"name\": \"line\nend\"}",
                "{} {}",
                "{}x",
                "{}, {}",
                "[] []",
                "1 2",
                ok("") + ok(""),
                ok("") + "x",
                ok("") + "}",
                ok("\"x\": +1, "),
                ok("\"x\": 01, "),
                ok("\"x\": .5, "),
                ok("/* no */ "),
                ok("\"x\": \"\\x\", "),
                message("\"n\"", "\"s\"", "+1708898400123"),
                message("\"n\"", "\"s\"", "1708898400123 0")),
            of(
                RejectReason.NOT_AN_OBJECT,
                "null",
                "true",
                "1",
                "1.5",
                "\"text\"",
                "\"\"",
                "[]",
                "[" + ok("") + "]",
                " [1, {\"a\": []}] "),
            of(
                RejectReason.NAME_MISSING,
                "{}",
                "{\"song\": \"s\"}",
                message("null", "\"s\"", TIME),
                ok("").replace("}", ", \"name\": null}")),
            of(RejectReason.NAME_NOT_TEXT, NOT_TEXT.stream().map(n -> message(n, "\"s\"", TIME))),
            of(RejectReason.NAME_BLANK, BLANK.stream().map(n -> message(n, "\"s\"", TIME))),
            of(RejectReason.NAME_TOO_LONG, message(LONG, "\"s\"", TIME)),
            of(
                RejectReason.SONG_MISSING,
                "{\"name\": \"n\", \"event_timestamp\": " + TIME + "}",
                message("\"n\"", "null", TIME)),
            of(RejectReason.SONG_NOT_TEXT, NOT_TEXT.stream().map(s -> message("\"n\"", s, TIME))),
            of(RejectReason.SONG_BLANK, BLANK.stream().map(s -> message("\"n\"", s, TIME))),
            of(RejectReason.SONG_TOO_LONG, message("\"n\"", LONG, TIME)),
            of(
                RejectReason.TIMESTAMP_MISSING,
                "{\"name\": \"n\", \"song\": \"s\"}",
                message("\"n\"", "\"s\"", "null")),
            of(
                RejectReason.TIMESTAMP_NOT_A_NUMBER,
                Stream.of(
                        "\"\"",
                        "\" \"",
                        "\"noon\"",
                        "\"2024-02-25T22:00:00Z\"",
                        "\" 1708898400123\"",
                        "\"1708898400123 \"",
                        "\"+1708898400123\"",
                        "\"1708898400123.0\"",
                        "1708898400123.0",
                        "1708898400.123",
                        "1.708898400123e12",
                        "\"1e12\"",
                        "\"0x18D\"",
                        "\"１７０８８９８４００１２３\"",
                        "\"١٧٠٨٨٩٨٤٠٠١٢٣\"",
                        "\"--1\"",
                        "\"-\"",
                        "\"1_708_898_400_123\"",
                        "true",
                        "[]",
                        "[1708898400123]",
                        "{}",
                        "9".repeat(30),
                        "\"" + "9".repeat(30) + "\"",
                        "9223372036854775808",
                        "\"" + "0".repeat(10) + "1708898400123\"")
                    .map(time -> message("\"n\"", "\"s\"", time))),
            of(
                RejectReason.TIMESTAMP_TOO_EARLY,
                Stream.of(
                        "0",
                        "\"0\"",
                        "-0",
                        "-1",
                        "\"-1708898400123\"",
                        "1708898400",
                        "946684799999",
                        "-999999999999999999")
                    .map(time -> message("\"n\"", "\"s\"", time))),
            of(
                RejectReason.TIMESTAMP_IN_THE_FUTURE,
                Stream.of(
                        "1708984800124",
                        "\"1708984800124\"",
                        "1708898400123000",
                        "999999999999999999")
                    .map(time -> message("\"n\"", "\"s\"", time))),
            of(RejectReason.ARTIST_NOT_TEXT, NOT_TEXT.stream().map(a -> with("artist", a))),
            of(RejectReason.ARTIST_TOO_LONG, with("artist", LONG)),
            of(RejectReason.ALBUM_NOT_TEXT, NOT_TEXT.stream().map(a -> with("album", a))),
            of(RejectReason.ALBUM_TOO_LONG, with("album", LONG)),
            of(
                RejectReason.MS_PLAYED_NOT_A_NUMBER,
                Stream.of(
                        "\"long\"",
                        "\" 1000\"",
                        "\"1000.0\"",
                        "1000.0",
                        "1e3",
                        "true",
                        "[]",
                        "{}",
                        "1000000000000000000")
                    .map(played -> with("ms_played", played))),
            of(
                RejectReason.MS_PLAYED_NEGATIVE,
                with("ms_played", "-1"),
                with("ms_played", "\"-5\"")),
            of(
                RejectReason.MS_PLAYED_TOO_LONG,
                with("ms_played", "86400001"),
                with("ms_played", "\"999999999999999999\"")),
            of(RejectReason.SOURCE_NOT_TEXT, NOT_TEXT.stream().map(s -> with("source", s))),
            of(RejectReason.SOURCE_TOO_LONG, with("source", '"' + "x".repeat(65) + '"')))
        .flatMap(messages -> messages);
  }

  @ParameterizedTest(name = "{0} {index}")
  @MethodSource("messages")
  void messageIsRejected(RejectReason reason, String message) {
    assertRejected(reason, message.getBytes(UTF_8));
  }

  @Test
  void messageWithoutAValueOrNotUtf8IsRejected() {
    assertRejected(RejectReason.NO_VALUE, null);
    assertRejected(RejectReason.NO_VALUE, new byte[0]);
    assertRejected(RejectReason.NOT_UTF8, message("\"Zoë\"", "\"s\"", TIME).getBytes(ISO_8859_1));
  }

  @Test
  void messageWhoseRecordTimestampIsNoTimeIsRejected() {
    assertRejected(RejectReason.RECORD_TIMESTAMP_IMPLAUSIBLE, ok("").getBytes(UTF_8), SENT * 1000);
  }

  @Test
  void noReasonIsLeftOut() {
    Stream<Object> tested = messages().map(arguments -> arguments.get()[0]).distinct();

    assertThat(
            Stream.concat(
                    Stream.of(
                        RejectReason.NO_VALUE,
                        RejectReason.NOT_UTF8,
                        RejectReason.RECORD_TIMESTAMP_IMPLAUSIBLE),
                    tested)
                .toList())
        .containsExactlyInAnyOrder((Object[]) RejectReason.values());
  }

  /** They stand in dead letters that are kept, so that none may be renamed. */
  @Test
  void codes() {
    assertThat(Stream.of(RejectReason.values()).map(RejectReason::code))
        .containsExactly(
            "no-value",
            "not-utf8",
            "not-json",
            "not-an-object",
            "name-missing",
            "name-not-text",
            "name-blank",
            "name-too-long",
            "song-missing",
            "song-not-text",
            "song-blank",
            "song-too-long",
            "timestamp-missing",
            "timestamp-not-a-number",
            "timestamp-too-early",
            "timestamp-in-the-future",
            "artist-not-text",
            "artist-too-long",
            "album-not-text",
            "album-too-long",
            "ms-played-not-a-number",
            "ms-played-negative",
            "ms-played-too-long",
            "source-not-text",
            "source-too-long",
            "record-timestamp-implausible");
  }

  private static void assertRejected(RejectReason reason, byte[] message) {
    assertRejected(reason, message, SENT);
  }

  private static void assertRejected(RejectReason reason, byte[] message, long recordTimestamp) {
    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> ListenParser.parse(message, recordTimestamp))
        .withMessage(reason.code())
        .satisfies(rejected -> assertThat(rejected.reason()).isEqualTo(reason));
  }

  private static Stream<Arguments> of(RejectReason reason, String... messages) {
    return of(reason, Stream.of(messages));
  }

  private static Stream<Arguments> of(RejectReason reason, Stream<String> messages) {
    return messages.map(message -> Arguments.of(reason, message));
  }

  private static String with(String field, String value) {
    return ok("\"%s\": %s, ".formatted(field, value));
  }

  private static String ok(String moreFields) {
    return "{" + moreFields + message("\"n\"", "\"s\"", TIME).substring(1);
  }

  private static String message(String name, String song, String timestamp) {
    return "{\"name\": %s, \"song\": %s, \"event_timestamp\": %s}".formatted(name, song, timestamp);
  }
}
