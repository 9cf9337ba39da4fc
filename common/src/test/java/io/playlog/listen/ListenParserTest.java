package io.playlog.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.listen.Listen.Details;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are listens, and the bounds of what is one; the rest is in RejectReasonTest. */
class ListenParserTest {
  private static final long SENT = 1_708_898_400_123L;
  private static final Listen LISTEN = new Listen("Ada", "Río", SENT);
  private static final String FIELDS =
      "\"name\": \"Ada\", \"song\": \"Río\", \"event_timestamp\": \"1708898400123\"";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{%s}",
        " \r\n\t{ %s } \n",
        "{\"x\": null, \"y\": [{\"name\": 1}], \"z\": {\"song\": []}, %s, \"v\": -1.5e9}",
        "{\"name\": 5, \"song\": null, \"event_timestamp\": [], %s}",
        "{\"name\": \"earlier\", \"song\": \"earlier\", \"event_timestamp\": 1, %s}",
        "{\"Name\": 1, \"\": 2, \"half\": \"\\ud800\", %s}"
      })
  void listen(String message) throws RejectedException {
    assertThat(parse(message.formatted(FIELDS))).isEqualTo(LISTEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1708898400123", "\"1708898400123\"", "\"001708898400123\""})
  void timestampIsAStringOrAnInteger(String timestamp) throws RejectedException {
    assertThat(parse(message("\"Ada\"", "\"Río\"", timestamp))).isEqualTo(LISTEN);
  }

  @Test
  void escapesAreCharacters() throws RejectedException {
    Listen found = parse(message("\"\\u0041d\\u0061\"", "\"\\ud83c\\udfb5\\n\"", "1708898400123"));

    assertThat(found).isEqualTo(new Listen("Ada", "🎵\n", SENT));
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "🎵", "ー", "\u0301", "\u00a0.", ".\u3164"})
  void oneCharacterIsEnough(String text) throws RejectedException {
    Listen listen = new Listen(text, text, SENT);

    assertThat(ListenParser.parse(ListenJson.toBytes(listen), SENT)).isEqualTo(listen);
  }

  /** What looks the same is the same: a letter and its accent may be one character or two. */
  @ParameterizedTest
  @ValueSource(strings = {"Caf\u00e9", "Cafe\u0301", "Cafe\\u0301", "Caf\\u00e9"})
  void namesAreInFormNfc(String text) throws RejectedException {
    String quoted = '"' + text + '"';

    assertThat(parse(message(quoted, quoted, "1708898400123")))
        .isEqualTo(new Listen("Caf\u00e9", "Caf\u00e9", SENT));
  }

  @Test
  void namesOtherwiseStayAsTheyAre() throws RejectedException {
    String name = "\u200b  ＡＢＣ ‘ﬁ’ – ² \u00a0";
    Listen listen = new Listen(name, name, SENT);

    assertThat(ListenParser.parse(ListenJson.toBytes(listen), SENT)).isEqualTo(listen);
  }

  /** Form NFC may make a text shorter than it came, or longer. */
  @Test
  void lengthIsThatOfTheTextAsItIsStored() {
    assertThat(verdict(message(text("e\u0301", 1024), "\"s\"", "1708898400123")))
        .isEqualTo("listen");
    assertThat(verdict(message(text("e\u0301", 1025), "\"s\"", "1708898400123")))
        .isEqualTo("name-too-long");
    assertThat(verdict(message("\"n\"", text("\u0958", 512), "1708898400123"))).isEqualTo("listen");
    assertThat(verdict(message("\"n\"", text("\u0958", 513), "1708898400123")))
        .isEqualTo("song-too-long");
    assertThat(verdict(with("artist", text("\u0958", 513)))).isEqualTo("artist-too-long");
    assertThat(verdict(with("source", text("\u0958", 33)))).isEqualTo("source-too-long");
  }

  /** As an export sends it. */
  @ParameterizedTest
  @ValueSource(
      strings = {"\u0958", "e\u0301", "\ud834\udd5e", "\u03b1\u0313\u0300\u0345", "\ufb2c", "🎧"})
  void whatIsStoredCanBeSentAgain(String character) throws RejectedException {
    int most = 0;
    while (verdict(message(text(character, most + 1), "\"s\"", "1708898400123")).equals("listen")) {
      most++;
    }
    String longest = text(character, most);
    Listen listen = parse(message(longest, longest, "1708898400123"));

    assertThat(listen.name().codePointCount(0, listen.name().length())).isBetween(1022, 1024);
    assertThat(ListenParser.parse(ListenJson.toBytes(listen), SENT)).isEqualTo(listen);
  }

  @ParameterizedTest
  @ValueSource(strings = {"214994", "\"214994\"", "\"000214994\""})
  void aMessageMaySayMore(String msPlayed) throws RejectedException {
    String more =
        "\"source\": \"player\", \"ms_played\": %s, \"album\": \"Álbum\", \"artist\": \"A, B\", "
            .formatted(msPlayed);

    assertThat(parse("{" + more + FIELDS + "}"))
        .isEqualTo(new Listen("Ada", "Río", SENT, new Details("A, B", "Álbum", 214_994, "player")));
  }

  /** It is how programs write what they do not know, and the listen is worth no less. */
  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "\" \\t\"", "\"\\u200b\"", "[], %1$s: null"})
  void nullAndBlankAreAbsent(String value) throws RejectedException {
    for (String field : List.of("\"artist\"", "\"album\"", "\"ms_played\"", "\"source\"")) {
      String more = (field + ": " + value).formatted(field);

      assertThat(parse("{" + more + ", " + FIELDS + "}")).isEqualTo(LISTEN);
    }
  }

  @Test
  void detailsAreInFormNfcAndOtherwiseStayAsTheyAre() throws RejectedException {
    Details sent = new Details(" Cafe\u0301", "Cafe\u0301 \u200b", 0, "Cafe\u0301");
    byte[] message = ListenJson.toBytes(new Listen("Ada", "Río", SENT, sent));

    assertThat(ListenParser.parse(message, SENT).details())
        .isEqualTo(new Details(" Caf\u00e9", "Caf\u00e9 \u200b", 0, "Caf\u00e9"));
  }

  @Test
  void boundsOfDetails() {
    assertThat(verdict(with("artist", text("🎵", 1024)))).isEqualTo("listen");
    assertThat(verdict(with("artist", text("🎵", 1025)))).isEqualTo("artist-too-long");
    assertThat(verdict(with("album", text("é", 1024)))).isEqualTo("listen");
    assertThat(verdict(with("album", text("é", 1025)))).isEqualTo("album-too-long");
    assertThat(verdict(with("source", text("🎵", 64)))).isEqualTo("listen");
    assertThat(verdict(with("source", text("🎵", 65)))).isEqualTo("source-too-long");
    assertThat(verdict(with("source", text(" ", 65)))).as("blank").isEqualTo("listen");
    assertThat(verdict(with("ms_played", "0"))).isEqualTo("listen");
    assertThat(verdict(with("ms_played", "-1"))).isEqualTo("ms-played-negative");
    assertThat(verdict(with("ms_played", "86400000"))).isEqualTo("listen");
    assertThat(verdict(with("ms_played", "86400001"))).isEqualTo("ms-played-too-long");
  }

  private static String with(String field, String value) {
    return "{\"%s\": %s, %s}".formatted(field, value, FIELDS);
  }

  @Test
  void timestampsBounds() {
    long first = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();
    long last = SENT + Duration.ofDays(1).toMillis();

    assertThat(verdict(first)).isEqualTo("listen");
    assertThat(verdict(first - 1)).isEqualTo("timestamp-too-early");
    assertThat(verdict(last)).isEqualTo("listen");
    assertThat(verdict(last + 1)).isEqualTo("timestamp-in-the-future");
    assertThat(verdict(SENT / 1000)).as("seconds").isEqualTo("timestamp-too-early");
  }

  @Test
  void verdictDependsOnTheMessagesTimeNotOnTheClock() throws RejectedException {
    long past = Instant.parse("2001-01-01T00:00:00Z").toEpochMilli();
    long future = Instant.parse("2099-01-01T00:00:00Z").toEpochMilli();
    byte[] atNoon = ListenJson.toBytes(LISTEN);
    byte[] inTheFuture = ListenJson.toBytes(new Listen("Ada", "Río", future));

    assertThat(verdict(atNoon, past)).isEqualTo("timestamp-in-the-future");
    assertThat(verdict(inTheFuture, SENT)).isEqualTo("timestamp-in-the-future");
    assertThat(ListenParser.parse(inTheFuture, future).eventTimestamp()).isEqualTo(future);
  }

  /** Of a topic with the producers' times, and a producer with another unit or none at all. */
  @ParameterizedTest
  @ValueSource(
      longs = {
        Long.MIN_VALUE,
        -1,
        0,
        SENT / 1000,
        946_684_799_999L,
        4_102_444_800_000L,
        SENT * 1000,
        SENT * 10_000,
        SENT * 1_000_000,
        Long.MAX_VALUE
      })
  void aRecordTimestampThatIsNoTime(long recordTimestamp) {
    assertThat(verdict(ListenJson.toBytes(LISTEN), recordTimestamp))
        .isEqualTo("record-timestamp-implausible");
    for (long unit : new long[] {1000, 1_000_000}) {
      Listen sameUnit = new Listen("Ada", "Río", SENT * unit);
      assertThat(verdict(ListenJson.toBytes(sameUnit), recordTimestamp))
          .isIn("record-timestamp-implausible", "timestamp-not-a-number");
    }
    assertThat(verdict(message("\"n\"", "\"\"", "1"), recordTimestamp))
        .as("what else is wrong comes first")
        .isEqualTo("song-blank");
    assertThat(verdict(with("artist", "1"), recordTimestamp)).isEqualTo("artist-not-text");
  }

  @Test
  void recordTimestampsBounds() throws RejectedException {
    long first = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();
    long last = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli() - 1;
    byte[] early = ListenJson.toBytes(new Listen("Ada", "Río", first));

    assertThat(ListenParser.parse(early, first).eventTimestamp()).isEqualTo(first);
    assertThat(ListenParser.parse(early, last).eventTimestamp()).isEqualTo(first);
  }

  @Test
  void lengthsAreCodePoints() {
    assertThat(verdict(message(text("🎵", 1024), "\"s\"", "1708898400123"))).isEqualTo("listen");
    assertThat(verdict(message(text("🎵", 1025), "\"s\"", "1708898400123")))
        .isEqualTo("name-too-long");
    assertThat(verdict(message("\"n\"", text("é", 1025), "1708898400123")))
        .isEqualTo("song-too-long");
  }

  @Test
  void bigMessages() {
    String big = text("x", 900_000);

    assertThat(verdict("{\"x\": " + big + ", " + FIELDS + "}")).isEqualTo("listen");
    assertThat(verdict("{" + big + ": 1, " + FIELDS + "}")).isEqualTo("listen");
    assertThat(verdict("{\"x\": " + "9".repeat(900_000) + ", " + FIELDS + "}")).isEqualTo("listen");
    assertThat(verdict(message(big, "\"s\"", "1708898400123"))).isEqualTo("name-too-long");
    assertThat(verdict(message("\"n\"", big, "1708898400123"))).isEqualTo("song-too-long");
    assertThat(verdict(message("\"n\"", text("x", 20_000_001), "1708898400123")))
        .as("longer than Jackson takes by itself")
        .isEqualTo("song-too-long");
    assertThat(verdict(message("\"n\"", "\"s\"", big))).isEqualTo("timestamp-not-a-number");
    assertThat(verdict("x".repeat(900_000))).isEqualTo("not-json");
    assertThat(verdict("[".repeat(900_000))).isEqualTo("not-json");
  }

  @Test
  void nestingIsAllowedUpToAThousand() {
    assertThat(verdict("{\"x\": " + nested(999) + ", " + FIELDS + "}")).isEqualTo("listen");
    assertThat(verdict("{\"x\": " + nested(1000) + ", " + FIELDS + "}")).isEqualTo("not-json");
    assertThat(verdict(nested(1000))).isEqualTo("not-an-object");
    assertThat(verdict(nested(1001))).isEqualTo("not-json");
    assertThat(verdict("{\"name\": " + nested(400_000) + "}")).isEqualTo("not-json");
  }

  /**
   * Jackson's tables of field names are shared by all messages and give up on such ones. Its hash
   * of bytes does not depend on the order of 4-byte groups, from the fourth on; that of characters
   * is the same for "ab" and "bA".
   */
  @Test
  void fieldNamesWhoseHashesCollide() {
    List<String> names = new ArrayList<>();
    permute(
        new ArrayList<>(List.of("abcd", "efgh", "ijkl", "mnop", "qrst", "uvwx", "yzAB")), 0, names);
    for (int bits = 0; bits < 4096; bits++) {
      names.add(Integer.toBinaryString(4096 + bits).replace("0", "ab").replace("1", "bA"));
    }
    StringBuilder message = new StringBuilder("{");
    names.forEach(name -> message.append("\"aaaabbbbcccc").append(name).append("\": 1, "));

    assertThat(names).hasSize(5040 + 4096).doesNotHaveDuplicates();
    assertThat(verdict(message + FIELDS + "}")).isEqualTo("listen");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void otherEncodingsAreNotTheWireForm(String charset) {
    String ascii = "{" + FIELDS.replace('í', 'i') + "}";

    assertThat(verdict(ascii.getBytes(Charset.forName(charset)), SENT))
        .isIn("not-json", "not-utf8");
    assertThat(verdict(("{" + FIELDS + "}").getBytes(Charset.forName("ISO-8859-1")), SENT))
        .isEqualTo("not-utf8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"c0af", "c1bf", "e08080", "f0808080", "eda080", "f4908080", "ff", "e2 82"})
  void brokenUtf8(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    for (String before : List.of("{\"name\": \"", "{\"x\": \"", "{\"", "", "{" + FIELDS + "}")) {
      ByteArrayOutputStream message = new ByteArrayOutputStream();
      message.writeBytes(before.getBytes(UTF_8));
      message.writeBytes(bytes);
      message.writeBytes(("\", " + FIELDS + "}").getBytes(UTF_8));

      assertThat(verdict(message.toByteArray(), SENT)).as(before).isEqualTo("not-utf8");
    }
  }

  private static void permute(List<String> parts, int from, List<String> found) {
    if (from == parts.size()) {
      found.add(String.join("", parts));
    }
    for (int i = from; i < parts.size(); i++) {
      Collections.swap(parts, from, i);
      permute(parts, from + 1, found);
      Collections.swap(parts, from, i);
    }
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }

  private static String text(String character, int count) {
    return '"' + character.repeat(count) + '"';
  }

  private static String message(String name, String song, String timestamp) {
    return "{\"name\": %s, \"song\": %s, \"event_timestamp\": %s}".formatted(name, song, timestamp);
  }

  private static Listen parse(String message) throws RejectedException {
    return ListenParser.parse(message.getBytes(UTF_8), SENT);
  }

  private static String verdict(long eventTimestamp) {
    return verdict(message("\"n\"", "\"s\"", Long.toString(eventTimestamp)));
  }

  private static String verdict(String message) {
    return verdict(message, SENT);
  }

  private static String verdict(String message, long recordTimestamp) {
    return verdict(message.getBytes(UTF_8), recordTimestamp);
  }

  private static String verdict(byte[] message, long kafkaTimestamp) {
    try {
      ListenParser.parse(message, kafkaTimestamp);
      return "listen";
    } catch (RejectedException e) {
      return e.reason().code();
    }
  }
}
