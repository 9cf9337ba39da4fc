package io.playlog.jobs.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playlog.cli.TimeRange;
import io.playlog.error.PlaylogException;
import io.playlog.kafka.Offsets;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenJson;
import io.playlog.listen.RejectReason;
import io.playlog.store.Forgotten.Mark;
import io.playlog.store.ForgottenListens;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class DeadLetterReplayTest {
  private static final Instant CAME = Instant.parse("2026-11-22T13:00:00Z");
  private static final TimeRange ALWAYS = new TimeRange(null, null);

  private final MockProducer<byte[], byte[]> kafka = kafka(true);

  private static MockProducer<byte[], byte[]> kafka(boolean acknowledges) {
    return new MockProducer<>(acknowledges, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ConsumerRecord<byte[], byte[]> message(String value, String... headers) {
    ConsumerRecord<byte[], byte[]> message =
        new ConsumerRecord<>("dead", 0, 0, bytes("key"), value == null ? null : bytes(value));
    for (int i = 0; i < headers.length; i += 2) {
      message.headers().add(headers[i], bytes(headers[i + 1]));
    }
    return message;
  }

  private static ConsumerRecord<byte[], byte[]> letter(long offset, String value, String... more) {
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
    return message(value, all);
  }

  private DeadLetterReplay replay() {
    return new DeadLetterReplay(
        "spotify", RejectReason.NOT_JSON, ALWAYS, ForgottenListens.NONE, kafka);
  }

  private static Map<String, String> headers(ProducerRecord<byte[], byte[]> message) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : message.headers()) {
      headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }
    return headers;
  }

  private ProducerRecord<byte[], byte[]> sent(ConsumerRecord<byte[], byte[]> letter) {
    replay().take(letter);
    return kafka.history().get(0);
  }

  @Test
  void becomesWhatItWasAndNamesItsOrigin() {
    ProducerRecord<byte[], byte[]> message = sent(letter(42, "value", "trace", "abc"));

    assertThat(message.topic()).isEqualTo("spotify");
    assertThat(message.partition()).isNull();
    assertThat(message.key()).isEqualTo(bytes("key"));
    assertThat(message.value()).isEqualTo(bytes("value"));
    assertThat(headers(message))
        .isEqualTo(Map.of("trace", "abc", "playlog.replayed-from", "spotify/3/42"));
  }

  @Test
  void keepsItsFirstOriginWhenItIsReplayedAgain() {
    assertThat(headers(sent(letter(99, "value", "playlog.replayed-from", "spotify/1/7"))))
        .isEqualTo(Map.of("playlog.replayed-from", "spotify/1/7"));
  }

  @Test
  void aNullStaysNull() {
    assertThat(sent(letter(42, null)).value()).isNull();
  }

  @Test
  void aMessageIsSentOnceHoweverManyDeadLettersItHas() {
    DeadLetterReplay replay = replay();
    replay.take(letter(42, "value"));
    replay.take(letter(42, "value"));
    replay.take(letter(99, "value", "playlog.replayed-from", "spotify/3/42"));
    replay.take(letter(43, "value"));

    assertThat(kafka.history()).hasSize(2);
    assertThat(replay.picked()).isEqualTo(2);
    assertThat(replay.withReason()).isEqualTo(4);
  }

  @Test
  void aRecreatedTopicHasOtherMessagesAtTheSameOffsets() {
    DeadLetterReplay replay = replay();
    replay.take(letter(42, "value"));
    replay.take(letter(42, "another"));
    replay.take(letter(42, null));

    assertThat(replay.picked()).isEqualTo(3);
  }

  @Test
  void onlyDeadLettersOfTheReasonAndTopicAreSent() {
    DeadLetterReplay other =
        new DeadLetterReplay(
            "spotify", RejectReason.NO_VALUE, ALWAYS, ForgottenListens.NONE, kafka);
    DeadLetterReplay elsewhere =
        new DeadLetterReplay("other", RejectReason.NOT_JSON, ALWAYS, ForgottenListens.NONE, kafka);
    other.take(letter(42, "value"));
    elsewhere.take(letter(42, "value"));

    assertThat(kafka.history()).isEmpty();
    assertThat(other.withReason() + elsewhere.withReason()).isZero();
  }

  @Test
  void foreignAndChangedOnesAreLeftAloneAndCounted() {
    DeadLetterReplay replay = replay();
    replay.take(message("no dead letter"));
    replay.take(message("by hand", "playlog.reason", "not-json", "playlog.topic", "spotify"));
    replay.take(letter(42, "value"));

    assertThat(replay.foreign()).isEqualTo(2);
    assertThat(replay.picked()).isEqualTo(1);
  }

  @Test
  void timeIsHalfOpen() {
    assertThat(picksBetween(CAME, CAME.plusMillis(1))).isTrue();
    assertThat(picksBetween(CAME, null)).isTrue();
    assertThat(picksBetween(CAME.plusMillis(1), null)).isFalse();
    assertThat(picksBetween(null, CAME)).isFalse();
  }

  private static boolean picksBetween(Instant from, Instant to) {
    DeadLetterReplay replay =
        new DeadLetterReplay(
            "spotify", RejectReason.NOT_JSON, new TimeRange(from, to), ForgottenListens.NONE, null);
    replay.take(letter(42, "value"));
    return replay.picked() == 1;
  }

  @Test
  void failsIfOneIsNotAcknowledged() {
    MockProducer<byte[], byte[]> silent = kafka(false);
    DeadLetterReplay replay =
        new DeadLetterReplay(
            "spotify", RejectReason.NOT_JSON, ALWAYS, ForgottenListens.NONE, silent);
    replay.take(letter(42, "value"));
    replay.take(letter(43, "value"));
    silent.errorNext(new RecordTooLargeException("too large"));

    assertThatThrownBy(replay::await)
        .isInstanceOf(PlaylogException.class)
        .hasMessageStartingWith("1 of 2 dead letters were not acknowledged by the source topic")
        .hasMessageContaining("RecordTooLargeException: too large");
  }

  @Test
  void whatIsForgottenIsNotSentAgain() {
    Mark mark =
        new Mark(
            UUID.randomUUID(), "id", "Ada", null, null, Offsets.of(Map.of(3, 43L)), false, false);
    DeadLetterReplay replay =
        new DeadLetterReplay(
            "spotify",
            RejectReason.NOT_JSON,
            ALWAYS,
            ForgottenListens.of("", List.of(mark)),
            kafka);
    String ada = listen("Ada");
    replay.take(letter(42, ada));
    replay.take(letter(43, ada));
    replay.take(letter(99, ada, "playlog.replayed-from", "spotify/3/7"));
    replay.take(letter(41, listen("Zoë")));
    replay.take(letter(40, "no listen"));

    assertThat(replay.leftOut()).isEqualTo(2);
    assertThat(replay.picked()).isEqualTo(3);
    assertThat(kafka.history()).hasSize(3);
  }

  private static String listen(String name) {
    return new String(
        ListenJson.toBytes(new Listen(name, "song", CAME.toEpochMilli())), StandardCharsets.UTF_8);
  }
}
