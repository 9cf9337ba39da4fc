package io.playlog.jobs.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.listen.RejectReason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class LetterTest {
  private static final Instant CAME = Instant.parse("2026-11-22T13:00:00Z");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Letter letter(String value, String... headers) {
    ConsumerRecord<byte[], byte[]> message =
        new ConsumerRecord<>("dead", 0, 0, bytes("key"), value == null ? null : bytes(value));
    for (int i = 0; i < headers.length; i += 2) {
      message.headers().add(headers[i], bytes(headers[i + 1]));
    }
    return new Letter(message);
  }

  private static Letter ofOffset(long offset, String value, String... more) {
    String[] headers = {
      "playlog.reason", "not-json",
      "playlog.topic", "spotify",
      "playlog.partition", "3",
      "playlog.offset", String.valueOf(offset),
      "playlog.timestamp", String.valueOf(CAME.toEpochMilli())
    };
    String[] all = new String[more.length + headers.length];
    System.arraycopy(more, 0, all, 0, more.length);
    System.arraycopy(headers, 0, all, more.length, headers.length);
    return letter(value, all);
  }

  private static LetterFilter filter() {
    return new LetterFilter("spotify", RejectReason.NOT_JSON, null, null);
  }

  private static Map<String, String> headers(ProducerRecord<byte[], byte[]> message) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : message.headers()) {
      headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }
    return headers;
  }

  @Test
  void becomesWhatItWasAndNamesItsOrigin() {
    ProducerRecord<byte[], byte[]> message = ofOffset(42, "value", "trace", "abc").toSource();

    assertThat(message.topic()).isEqualTo("spotify");
    assertThat(message.partition()).isNull();
    assertThat(message.key()).isEqualTo(bytes("key"));
    assertThat(message.value()).isEqualTo(bytes("value"));
    assertThat(headers(message))
        .isEqualTo(Map.of("trace", "abc", "playlog.replayed-from", "spotify/3/42"));
  }

  @Test
  void keepsItsFirstOriginWhenItIsReplayedAgain() {
    Letter again = ofOffset(99, "value", "playlog.replayed-from", "spotify/1/7");

    assertThat(headers(again.toSource())).isEqualTo(Map.of("playlog.replayed-from", "spotify/1/7"));
  }

  @Test
  void aNullStaysNull() {
    assertThat(ofOffset(42, null).toSource().value()).isNull();
  }

  @Test
  void aMessageIsPickedOnceHoweverManyLettersItHas() {
    LetterFilter filter = filter();

    assertThat(filter.picks(ofOffset(42, "value"))).isTrue();
    assertThat(filter.picks(ofOffset(42, "value"))).isFalse();
    assertThat(filter.picks(ofOffset(99, "value", "playlog.replayed-from", "spotify/3/42")))
        .isFalse();
    assertThat(filter.picks(ofOffset(43, "value"))).isTrue();
    assertThat(filter.picked()).isEqualTo(2);
    assertThat(filter.withReason()).isEqualTo(4);
  }

  @Test
  void aTopicMadeAgainHasOtherMessagesAtTheSameOffsets() {
    LetterFilter filter = filter();

    assertThat(filter.picks(ofOffset(42, "value"))).isTrue();
    assertThat(filter.picks(ofOffset(42, "another"))).isTrue();
    assertThat(filter.picks(ofOffset(42, null))).isTrue();
  }

  @Test
  void onlyLettersOfTheReasonAndTopicArePicked() {
    LetterFilter other = new LetterFilter("spotify", RejectReason.NO_VALUE, null, null);
    LetterFilter elsewhere = new LetterFilter("other", RejectReason.NOT_JSON, null, null);

    assertThat(other.picks(ofOffset(42, "value"))).isFalse();
    assertThat(elsewhere.picks(ofOffset(42, "value"))).isFalse();
    assertThat(filter().picks(letter("no letter of ours"))).isFalse();
    assertThat(other.withReason() + elsewhere.withReason()).isZero();
  }

  @Test
  void timeIsHalfOpen() {
    assertThat(picksBetween(CAME, CAME.plusMillis(1))).isTrue();
    assertThat(picksBetween(CAME, null)).isTrue();
    assertThat(picksBetween(CAME.plusMillis(1), null)).isFalse();
    assertThat(picksBetween(null, CAME)).isFalse();
  }

  private static boolean picksBetween(Instant from, Instant to) {
    return new LetterFilter("spotify", RejectReason.NOT_JSON, from, to)
        .picks(ofOffset(42, "value"));
  }
}
