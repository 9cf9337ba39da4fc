package io.playlog.jobs.pipeline;

import io.playlog.listen.RejectReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Messages of all kinds that are no listens, each with the reason that it must get. */
final class BadMessages {
  static final int LARGE = 900_000;

  /** Value, null for a tombstone. */
  record Bad(byte[] value, RejectReason reason) {}

  private static final String NOW = String.valueOf(Instant.now().toEpochMilli());

  private final List<Bad> all = new ArrayList<>();

  static List<Bad> all() {
    BadMessages messages = new BadMessages();
    messages.addWhatIsNoObject();
    messages.addTexts();
    messages.addTimestamps();
    messages.addDetails();
    messages.addLarge();
    return messages.all;
  }

  private void add(RejectReason reason, String... values) {
    for (String value : values) {
      all.add(new Bad(value.getBytes(StandardCharsets.UTF_8), reason));
    }
  }

  private void addWhatIsNoObject() {
    all.add(new Bad(null, RejectReason.NO_VALUE));
    add(RejectReason.NO_VALUE, "");
    add(RejectReason.NOT_JSON, "no json", "{\"name\": \"cut", " ", "{} {}", "{'name': 'x'}");
    add(RejectReason.NOT_JSON, "[".repeat(100_000), nested(5_000));
    add(RejectReason.NOT_AN_OBJECT, "[]", "12", "\"text\"", "null", "[" + listen() + "]");
    byte[] latin1 = listen("\"Zoë\"", "\"s\"", NOW).getBytes(StandardCharsets.ISO_8859_1);
    all.add(new Bad(latin1, RejectReason.NOT_UTF8));
    all.add(new Bad(listen().getBytes(StandardCharsets.UTF_16), RejectReason.NOT_UTF8));
  }

  private void addTexts() {
    String tooLong = "\"" + "x".repeat(1025) + "\"";
    add(RejectReason.NAME_MISSING, "{}", listen("null", "\"s\"", NOW));
    add(RejectReason.NAME_BLANK, listen("\"\"", "\"s\"", NOW), listen("\" \\t\"", "\"s\"", NOW));
    add(RejectReason.NAME_TOO_LONG, listen(tooLong, "\"s\"", NOW));
    add(RejectReason.NAME_NOT_TEXT, listen("12", "\"s\"", NOW), listen("{}", "\"s\"", NOW));
    add(RejectReason.SONG_MISSING, "{\"name\": \"n\", \"event_timestamp\": \"" + NOW + "\"}");
    add(RejectReason.SONG_BLANK, listen("\"n\"", "\"\"", NOW));
    add(RejectReason.SONG_TOO_LONG, listen("\"n\"", tooLong, NOW));
    add(RejectReason.SONG_NOT_TEXT, listen("\"n\"", "true", NOW), listen("\"n\"", "[\"s\"]", NOW));
  }

  private void addTimestamps() {
    add(RejectReason.TIMESTAMP_MISSING, "{\"name\": \"n\", \"song\": \"s\"}");
    add(
        RejectReason.TIMESTAMP_NOT_A_NUMBER,
        at("\"soon\""),
        at("\"2026-11-22T13:00:00Z\""),
        at("\"\""),
        at("1708898400123.5"),
        at("true"),
        at("{}"),
        at("\"" + "9".repeat(19) + "\""));
    add(RejectReason.TIMESTAMP_TOO_EARLY, at("-1"), at("\"-1708898400123\""), at("0"));
    add(RejectReason.TIMESTAMP_TOO_EARLY, at("1708898400"), at("\"1708898400\""));
    Instant yearsAhead = Instant.now().plus(Duration.ofDays(2000));
    add(RejectReason.TIMESTAMP_IN_THE_FUTURE, at("\"" + yearsAhead.toEpochMilli() + "\""));
    add(RejectReason.TIMESTAMP_IN_THE_FUTURE, at("999999999999999999"));
  }

  private void addDetails() {
    String tooLong = "\"" + "x".repeat(1025) + "\"";
    add(RejectReason.ARTIST_NOT_TEXT, with("artist", "12"), with("artist", "[\"a\"]"));
    add(RejectReason.ARTIST_TOO_LONG, with("artist", tooLong));
    add(RejectReason.ALBUM_NOT_TEXT, with("album", "{}"), with("album", "\"\\ud800\""));
    add(RejectReason.ALBUM_TOO_LONG, with("album", tooLong));
    add(
        RejectReason.MS_PLAYED_NOT_A_NUMBER,
        with("ms_played", "1.5"),
        with("ms_played", "\"3:34\""));
    add(RejectReason.MS_PLAYED_NEGATIVE, with("ms_played", "-1"));
    add(RejectReason.MS_PLAYED_TOO_LONG, with("ms_played", "\"214994000\""));
    add(RejectReason.SOURCE_NOT_TEXT, with("source", "false"));
    add(RejectReason.SOURCE_TOO_LONG, with("source", tooLong));
  }

  private void addLarge() {
    byte[] random = new byte[LARGE];
    new Random(1).nextBytes(random);
    all.add(new Bad(random, RejectReason.NOT_UTF8));
    add(RejectReason.NOT_JSON, "x".repeat(LARGE));
    add(RejectReason.NAME_TOO_LONG, listen("\"" + "x".repeat(LARGE) + "\"", "\"s\"", NOW));
  }

  private static String with(String field, String value) {
    return "{\"%s\": %s, %s".formatted(field, value, listen().substring(1));
  }

  private static String at(String timestamp) {
    return listen("\"n\"", "\"s\"", timestamp);
  }

  private static String listen() {
    return at(NOW);
  }

  private static String nested(int depth) {
    return "{\"more\": " + "[".repeat(depth) + "]".repeat(depth) + "," + listen().substring(1);
  }

  private static String listen(String name, String song, String timestamp) {
    return "{\"name\": %s, \"song\": %s, \"event_timestamp\": %s}".formatted(name, song, timestamp);
  }
}
