package io.playlog.jobs.stream;

import java.util.List;
import org.apache.spark.sql.Row;

/**
 * A message of the source topic.
 *
 * @param timestamp Kafka's, milliseconds since the epoch
 * @param headers rows of key and value
 */
public record Message(
    byte[] key,
    byte[] value,
    String topic,
    int partition,
    long offset,
    long timestamp,
    List<Row> headers) {

  /** The order of the columns of {@link #of}. */
  public static final String[] COLUMNS = {
    "key", "value", "topic", "partition", "offset", "timestamp", "headers"
  };

  public static Message of(Row row) {
    return new Message(
        row.getAs(0),
        row.getAs(1),
        row.getString(2),
        row.getInt(3),
        row.getLong(4),
        row.getTimestamp(5).getTime(),
        row.isNullAt(6) ? List.of() : row.getList(6));
  }
}
