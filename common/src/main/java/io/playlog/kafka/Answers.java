package io.playlog.kafka;

import io.playlog.config.KafkaSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Waits for the brokers' answers about one topic, and explains those that are errors. */
record Answers(KafkaSettings settings, String topic) {
  /** False if the answer is this error; other errors are thrown. */
  boolean unless(Class<? extends Exception> expected, KafkaFuture<?> answer) {
    try {
      get(answer);
      return true;
    } catch (PlaylogException e) {
      if (expected.isInstance(e.getCause())) {
        return false;
      }
      throw e;
    }
  }

  <T> T get(KafkaFuture<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw explain(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking Kafka", e);
    }
  }

  private PlaylogException explain(Throwable cause) {
    if (cause instanceof UnknownTopicOrPartitionException) {
      return new PlaylogException(
          ErrorCode.TOPIC_MISSING,
          "Kafka at %s has no topic %s: create it with scripts/run-producer.sh create-topics"
              .formatted(settings.bootstrapServers(), topic),
          cause);
    }
    if (cause instanceof TimeoutException) {
      return new PlaylogException(
          ErrorCode.KAFKA_UNREACHABLE,
          "%s (%s)".formatted(BrokerProbe.explain(settings), cause.getMessage()),
          cause);
    }
    return new PlaylogException(
        ErrorCode.KAFKA_REFUSED,
        "Kafka at %s refuses a request about topic %s: %s"
            .formatted(settings.bootstrapServers(), topic, cause),
        cause);
  }
}
