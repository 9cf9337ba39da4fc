package io.playlog.jobs.kafka;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A message of a topic.
 *
 * @param timestamp its record timestamp: milliseconds since the epoch, or whatever its producer
 *     took for that
 */
public record Message(
    byte[] key, byte[] value, int partition, long offset, long timestamp, List<Header> headers) {
  /** Of a topic's rows; the record timestamp is the number that the message has. */
  public static final StructType SCHEMA =
      new StructType()
          .add("key", DataTypes.BinaryType)
          .add("value", DataTypes.BinaryType)
          .add("partition", DataTypes.IntegerType)
          .add("offset", DataTypes.LongType)
          .add("timestamp", DataTypes.LongType)
          .add(
              "headers",
              DataTypes.createArrayType(
                  new StructType()
                      .add("key", DataTypes.StringType)
                      .add("value", DataTypes.BinaryType)));

  private static final List<String> COLUMNS = List.of(SCHEMA.fieldNames());

  /**
   * Reads Spark's own rows: to make a {@link Row} of each would cost a plan per micro-batch and a
   * copy per message.
   *
   * @param rows with the columns of {@link TopicReader}, in its order
   * @throws IllegalArgumentException if they have others
   */
  public static JavaRDD<Message> of(Dataset<Row> rows) {
    if (!List.of(rows.columns()).equals(COLUMNS)) {
      throw new IllegalArgumentException(
          "Found rows with the columns %s, expected %s"
              .formatted(List.of(rows.columns()), COLUMNS));
    }
    return internalRows(rows).toJavaRDD().map(Message::of);
  }

  /**
   * A micro-batch is an RDD already, and to plan it once more costs more than to store a small one.
   */
  private static RDD<InternalRow> internalRows(Dataset<Row> rows) {
    return rows.queryExecution().analyzed() instanceof LogicalRDD batch
        ? batch.rdd()
        : rows.queryExecution().toRdd();
  }

  /** Keeps nothing of the row, which Spark uses again for the next one. */
  static Message of(InternalRow row) {
    return new Message(
        row.getBinary(0),
        row.getBinary(1),
        row.getInt(2),
        row.getLong(3),
        row.getLong(4),
        row.isNullAt(5) ? List.of() : headers(row.getArray(5)));
  }

  private static List<Header> headers(ArrayData array) {
    List<Header> headers = new ArrayList<>();
    for (int i = 0; i < array.numElements(); i++) {
      InternalRow header = array.getStruct(i, 2);
      headers.add(new RecordHeader(header.getUTF8String(0).toString(), header.getBinary(1)));
    }
    return headers;
  }
}
