package io.playlog.kafka;

import io.playlog.config.KafkaSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
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

  /** After it a server is looked at that does not answer: it may expect TLS. */
  private static final Duration EARLY = Duration.ofSeconds(3);

  /** False if the answer is this error; other errors are thrown. */
  boolean unless(
      Class<? extends Exception> expected, AclOperation operation, KafkaFuture<?> answer) {
    try {
      get(operation, answer);
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
   * @param operation for which the question needs a permission
   * @param question one that changes nothing
   */
  <T> T ask(AclOperation operation, Supplier<KafkaFuture<T>> question) {
    long start = System.nanoTime();
    while (true) {
      try {
        return wait(question.get());
      } catch (ExecutionException e) {
        Duration left = patience.minusNanos(System.nanoTime() - start);
        if (!(e.getCause() instanceof TimeoutException) || left.compareTo(LEAST) < 0) {
          throw explain(operation, e.getCause());
        }
      }
    }
  }

  <T> T get(AclOperation operation, KafkaFuture<T> answer) {
    try {
      return wait(answer);
    } catch (ExecutionException e) {
      throw explain(operation, e.getCause());
    }
  }

  private <T> T wait(KafkaFuture<T> answer) throws ExecutionException {
    try {
      try {
        return answer.get(EARLY.toMillis(), TimeUnit.MILLISECONDS);
      } catch (java.util.concurrent.TimeoutException e) {
        BrokerProbe.requireNoTls(settings);
        return answer.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking Kafka", e);
    }
  }

  private PlaylogException explain(AclOperation operation, Throwable cause) {
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
    return Refusals.in(settings, topic, operation, cause)
        .orElseGet(
            () ->
                new PlaylogException(
                    ErrorCode.KAFKA_REFUSED,
                    "Kafka at %s refuses a request about topic %s: %s"
                        .formatted(settings.bootstrapServers(), topic, cause),
                    cause));
  }
}
