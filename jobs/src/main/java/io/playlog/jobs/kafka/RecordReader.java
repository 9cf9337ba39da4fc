package io.playlog.jobs.kafka;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.kafka010.KafkaBatchInputPartition;
import org.apache.spark.sql.kafka010.KafkaOffsetRange;
import org.apache.spark.sql.kafka010.consumer.KafkaDataConsumer;
import org.apache.spark.unsafe.types.UTF8String;

/** Reads a range of a partition by Spark's consumers, which it keeps from batch to batch. */
final class RecordReader implements PartitionReader<InternalRow> {
  private final KafkaBatchInputPartition partition;
  private final KafkaDataConsumer consumer;
  private long nextOffset;
  private InternalRow row;

  private RecordReader(KafkaBatchInputPartition partition) {
    KafkaOffsetRange range = partition.offsetRange();
    this.partition = partition;
    this.consumer =
        KafkaDataConsumer.acquire(range.topicPartition(), partition.executorKafkaParams());
    this.nextOffset = range.fromOffset();
  }

  /** For ranges that have both ends, as those of {@link TopicReader} do. */
  static final class Factory implements PartitionReaderFactory {
    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      return new RecordReader((KafkaBatchInputPartition) partition);
    }
  }

  /** False at the end, which may hold what no consumer is given, such as a transaction's marker. */
  @Override
  public boolean next() {
    long end = partition.offsetRange().untilOffset();
    ConsumerRecord<byte[], byte[]> record = nextOffset < end ? read(end) : null;
    if (record == null) {
      return false;
    }
    nextOffset = record.offset() + 1;
    row = row(record);
    return true;
  }

  private ConsumerRecord<byte[], byte[]> read(long end) {
    try {
      return consumer.get(nextOffset, end, partition.pollTimeoutMs(), partition.failOnDataLoss());
    } catch (KafkaException e) {
      if (isOfTheMessage(e)) {
        throw new PlaylogException(
            ErrorCode.MESSAGE_UNREADABLE,
            "Kafka's client cannot read the message %s/%d/%d, or one soon after it: %s. A broker's disk has damaged it. If no replica has it whole, move past it: delete the partition's messages up to it (kafka-delete-records.sh), which are stored, then the checkpoint, and start the stream."
                .formatted(
                    partition.offsetRange().topic(),
                    partition.offsetRange().partition(),
                    nextOffset,
                    e.getMessage()),
            e);
      }
      throw e;
    }
  }

  /** The client has no class of its own for most of them; those of others are subclasses. */
  private static boolean isOfTheMessage(KafkaException failure) {
    return failure.getClass().equals(KafkaException.class)
        || failure instanceof SerializationException
        || failure instanceof CorruptRecordException;
  }

  @Override
  public InternalRow get() {
    return row;
  }

  @Override
  public void close() {
    consumer.release();
  }

  static InternalRow row(ConsumerRecord<byte[], byte[]> record) {
    return new GenericInternalRow(
        new Object[] {
          record.key(),
          record.value(),
          record.partition(),
          record.offset(),
          record.timestamp(),
          headers(record.headers())
        });
  }

  private static GenericArrayData headers(Headers headers) {
    List<InternalRow> rows = new ArrayList<>();
    for (Header header : headers) {
      rows.add(
          new GenericInternalRow(
              new Object[] {UTF8String.fromString(header.key()), header.value()}));
    }
    return rows.isEmpty() ? null : new GenericArrayData(rows.toArray());
  }
}
