package io.playlog.jobs.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.config.KafkaSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

/** What a person reads of failures within Spark's Kafka source. */
class StreamCommandTest {
  private static final KafkaSettings SETTINGS =
      new KafkaSettings(
          "127.0.0.1:1",
          "spotify",
          "spotify.dead-letters",
          4,
          (short) 1,
          Duration.ofDays(7),
          Duration.ofDays(30),
          Map.of());

  private static Exception explained(Exception cause) {
    return StreamCommand.explained(
        SETTINGS, new IllegalStateException(new ExecutionException(cause)));
  }

  @Test
  void aTopicThatIsDeletedUnderTheStream() {
    assertThat(explained(new UnknownTopicOrPartitionException("not hosted")))
        .hasMessage(
            "The topic spotify, or a partition of it, was deleted while the stream ran. Start the stream again: it says what to do.")
        .extracting(failure -> ((PlaylogException) failure).code())
        .isEqualTo(ErrorCode.TOPIC_MISSING);
  }

  @Test
  void brokersThatDoNotAnswer() {
    assertThat(explained(new TimeoutException("no answer")))
        .hasMessageStartingWith("No Kafka broker answers at 127.0.0.1:1")
        .extracting(failure -> ((PlaylogException) failure).code())
        .isEqualTo(ErrorCode.KAFKA_UNREACHABLE);
  }

  @Test
  void anythingElseStaysAsItIs() {
    Exception failure = new IllegalStateException("of ours");

    assertThat(StreamCommand.explained(SETTINGS, failure)).isSameAs(failure);
  }
}
