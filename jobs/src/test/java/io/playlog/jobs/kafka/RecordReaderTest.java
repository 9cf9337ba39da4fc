package io.playlog.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a Kafka record to a message, by way of the rows that Spark makes in between. */
class RecordReaderTest {
  private static final UnsafeProjection SPARK = UnsafeProjection.create(Message.SCHEMA);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Message message(long timestamp, byte[] key, byte[] value, Header... headers) {
    return Message.of(
        SPARK.apply(
            RecordReader.row(
                new ConsumerRecord<>(
                    "spotify",
                    3,
                    42,
                    timestamp,
                    TimestampType.CREATE_TIME,
                    -1,
                    -1,
                    key,
                    value,
                    new RecordHeaders(headers),
                    Optional.empty()))));
  }

  /** Spark's own rows end in "long overflow" for those in nanoseconds. */
  @ParameterizedTest
  @ValueSource(
      longs = {
        Long.MIN_VALUE,
        -1,
        0,
        1_764_000_000,
        1_764_000_000_123L,
        1_764_000_000_000_001L,
        1_764_000_000_000_000_001L,
        Long.MAX_VALUE
      })
  void aTimestampStaysTheNumberThatItIs(long timestamp) {
    assertThat(message(timestamp, null, bytes("value")).timestamp()).isEqualTo(timestamp);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void theRestStaysAsItIs(int count) {
    Header[] all = {
      new RecordHeader("kind", bytes("first")), new RecordHeader("kind", (byte[]) null)
    };
    Header[] headers = List.of(all).subList(0, count).toArray(Header[]::new);

    Message message = message(7, bytes("key"), null, headers);

    assertThat(message.key()).isEqualTo(bytes("key"));
    assertThat(message.value()).isNull();
    assertThat(message.partition()).isEqualTo(3);
    assertThat(message.offset()).isEqualTo(42);
    assertThat(message.headers()).containsExactly(headers);
  }
}
