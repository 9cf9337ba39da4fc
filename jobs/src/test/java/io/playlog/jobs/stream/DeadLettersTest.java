package io.playlog.jobs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.listen.RejectReason;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> headers(ProducerRecord<byte[], byte[]> letter) {
    Map<String, String> headers = new LinkedHashMap<>();
    letter
        .headers()
        .forEach(
            header ->
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
    return headers;
  }

  @Test
  void keepsTheMessageAndTellsWhyAndWhereFrom() {
    Message message =
        new Message(
            bytes("key"),
            bytes("value"),
            "spotify",
            3,
            42,
            1_700_000_000_000L,
            List.of(new RecordHeader("trace", bytes("abc"))));

    ProducerRecord<byte[], byte[]> letter =
        DeadLetters.toRecord("dead", message, RejectReason.NOT_JSON);

    assertThat(letter.topic()).isEqualTo("dead");
    assertThat(letter.key()).isEqualTo(bytes("key"));
    assertThat(letter.value()).isEqualTo(bytes("value"));
    assertThat(headers(letter))
        .isEqualTo(
            Map.of(
                "trace", "abc",
                "playlog.reason", "not-json",
                "playlog.topic", "spotify",
                "playlog.partition", "3",
                "playlog.offset", "42",
                "playlog.timestamp", "1700000000000"));
  }

  @Test
  void aNullStaysNull() {
    Message message = new Message(null, null, "spotify", 0, 0, 0, List.of());
    ProducerRecord<byte[], byte[]> letter =
        DeadLetters.toRecord("dead", message, RejectReason.NO_VALUE);
    assertThat(letter.key()).isNull();
    assertThat(letter.value()).isNull();
  }
}
