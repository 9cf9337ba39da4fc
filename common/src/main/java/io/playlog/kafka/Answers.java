package io.playlog.kafka;

import io.playlog.config.KafkaSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Waits for the brokers' answers about one topic, and explains those that are errors.
 *
 * @param patience for the answer to a question that may be asked again
 */
record Answers(KafkaSettings settings, String topic, Duration patience) {
  /** Less is no time for an answer. */
  private static final Duration LEAST = Duration.ofSeconds(1);

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

  /**
   * Asks, and asks anew when the client's time is over: it may have waited all the time for a
   * broker that does not lead any more.
   *
   * @param question one that changes nothing
   */
  <T> T ask(Supplier<KafkaFuture<T>> question) {
    long start = System.nanoTime();
    while (true) {
      try {
        return wait(question.get());
      } catch (ExecutionException e) {
        Duration left = patience.minusNanos(System.nanoTime() - start);
        if (!(e.getCause() instanceof TimeoutException) || left.compareTo(LEAST) < 0) {
          throw explain(e.getCause());
        }
      }
    }
  }

  <T> T get(KafkaFuture<T> answer) {
    try {
      return wait(answer);
    } catch (ExecutionException e) {
      throw explain(e.getCause());
    }
  }

  private static <T> T wait(KafkaFuture<T> answer) throws ExecutionException {
    try {
      return answer.get();
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
