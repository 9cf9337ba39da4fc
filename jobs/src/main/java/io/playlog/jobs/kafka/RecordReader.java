package io.playlog.jobs.kafka;

import io.playlog.kafka.KafkaClients;
import io.playlog.kafka.OffsetRange;
import io.playlog.kafka.SkippedRanges;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
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
  private final Iterator<OffsetRange> ranges;
  private long nextOffset;
  private long end;
  private InternalRow row;

  private RecordReader(KafkaBatchInputPartition partition, SkippedRanges skipped) {
    KafkaOffsetRange range = partition.offsetRange();
    this.partition = partition;
    this.consumer =
        KafkaDataConsumer.acquire(range.topicPartition(), partition.executorKafkaParams());
    this.ranges =
        skipped
            .leave(range.partition(), new OffsetRange(range.fromOffset(), range.untilOffset()))
            .iterator();
  }

  /** For ranges that have both ends, as those of {@link TopicReader} do. */
  record Factory(SkippedRanges skipped) implements PartitionReaderFactory {
    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      return new RecordReader((KafkaBatchInputPartition) partition, skipped);
    }
  }

  @Override
  public boolean next() {
    ConsumerRecord<byte[], byte[]> record;
    // The end of a range may hold what no consumer is given, such as a transaction's marker.
    while ((record = nextOffset < end ? read() : null) == null) {
      if (!ranges.hasNext()) {
        return false;
      }
      OffsetRange range = ranges.next();
      nextOffset = range.start();
      end = range.end();
    }
    nextOffset = record.offset() + 1;
    row = row(record);
    return true;
  }

  private ConsumerRecord<byte[], byte[]> read() {
    try {
      return consumer.get(nextOffset, end, partition.pollTimeoutMs(), partition.failOnDataLoss());
    } catch (KafkaException e) {
      if (KafkaClients.hasTimedOut(e)) {
        throw UnreadableMessage.late(partition.offsetRange().topicPartition(), nextOffset, e);
      }
      if (UnreadableMessage.isMeantBy(e)) {
        throw UnreadableMessage.explain(partition.offsetRange().topicPartition(), nextOffset, e);
      }
      throw e;
    } catch (Exception e) {
      // Spark's; the compiler knows nothing of exceptions in Scala.
      if (e instanceof TimeoutException) {
        throw UnreadableMessage.silent(
            partition.offsetRange().topicPartition(), nextOffset, partition.pollTimeoutMs(), e);
      }
      throw e;
    }
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
