package io.playlog.producer.kafka;

/** Kafka cannot be used as it is; the message says what to do. */
public final class KafkaNotReadyException extends RuntimeException {
  KafkaNotReadyException(String message, Throwable cause) {
    super(message, cause);
  }
}
