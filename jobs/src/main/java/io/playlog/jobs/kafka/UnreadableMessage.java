package io.playlog.jobs.kafka;

import io.playlog.error.ErrorCode;
import io.playlog.error.Failures;
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
        "Kafka's client cannot read the message %s/%d/%d: %s. A broker's disk has damaged it. If no replica has it whole, move past it, and past those that are damaged with it: %s. All others are kept, and the checkpoint too."
            .formatted(
                partition.topic(),
                partition.partition(),
                offset,
                words(failure),
                command(partition, offset)),
        failure);
  }

  /** The same for one that was not sent, which the broker may not find; or it is slow. */
  static PlaylogException silent(
      TopicPartition partition, long offset, long milliseconds, Exception failure) {
    return new PlaylogException(
        ErrorCode.KAFKA_UNREACHABLE,
        "Waited %d s in vain for the message %s/%d/%d. If it is never sent while others are, a broker's disk has damaged it, which this finds out: %s --dry-run"
            .formatted(
                milliseconds / 1000,
                partition.topic(),
                partition.partition(),
                offset,
                command(partition, offset)),
        failure);
  }

  /** The same for one about which the broker did not answer: where its partition ends, perhaps. */
  static PlaylogException late(TopicPartition partition, long offset, KafkaException failure) {
    return new PlaylogException(
        ErrorCode.KAFKA_UNREACHABLE,
        "Kafka did not answer in time while %s/%d was read from offset %d on (%s). Check that its brokers run, then run this again."
            .formatted(partition.topic(), partition.partition(), offset, words(failure)),
        failure);
  }

  private static String command(TopicPartition partition, long offset) {
    return "scripts/spark-job.sh skip-unreadable --topic %s --partition %d --offset %d"
        .formatted(partition.topic(), partition.partition(), offset);
  }

  /** What went wrong: the client wraps it in an advice to those who use it in programs. */
  public static String words(Throwable failure) {
    Throwable cause = Failures.root(failure);
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
