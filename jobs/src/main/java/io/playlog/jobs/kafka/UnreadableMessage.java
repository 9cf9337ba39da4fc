package io.playlog.jobs.kafka;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.SerializationException;

/** What Kafka's client says when a message that the broker sends cannot be read. */
public final class UnreadableMessage {
  private UnreadableMessage() {}

  /** The client has no class of its own for most of them; those of others are subclasses. */
  public static boolean isMeantBy(KafkaException failure) {
    return failure.getClass().equals(KafkaException.class)
        || failure instanceof SerializationException
        || failure instanceof CorruptRecordException;
  }

  /**
   * @param offset from which on reading failed: that of the message, or one shortly before it that
   *     belongs to no message
   */
  public static PlaylogException explain(
      TopicPartition partition, long offset, KafkaException failure) {
    return new PlaylogException(
        ErrorCode.MESSAGE_UNREADABLE,
        "Kafka's client cannot read the message %s/%d/%d: %s. A broker's disk has damaged it. If no replica has it whole, move past it, and past those that are damaged with it: scripts/spark-job.sh skip-unreadable --topic %s --partition %d --offset %d. All others are kept, and the checkpoint too."
            .formatted(
                partition.topic(),
                partition.partition(),
                offset,
                words(failure),
                partition.topic(),
                partition.partition(),
                offset),
        failure);
  }

  /** What went wrong: the client wraps it in an advice to those who use it in programs. */
  public static String words(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
