package io.playlog.jobs.audit;

import io.playlog.jobs.schema.EventHour;
import io.playlog.jobs.stream.Message;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenParser;
import io.playlog.listen.RejectedException;
import java.io.Serializable;
import java.util.Comparator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What an audit compares: a message of the source topic, or the coordinates in a dead letter.
 *
 * @param name null if it is no listen
 * @param time milliseconds since the epoch: the listen's, else Kafka's
 * @param song null if it is no listen
 * @param partition of the source topic
 * @param offset of the source topic
 * @param reason why it is no listen; null for a listen and for a dead letter
 */
record Entry(String name, long time, String song, int partition, long offset, String reason)
    implements Serializable, Comparable<Entry> {

  /**
   * Rows that belong together have the same name and bucket. Sorted by all columns, messages of the
   * same listen follow each other, and a message that is no listen follows its dead letter, since
   * nulls come first.
   */
  static final StructType SCHEMA =
      new StructType()
          .add("name", DataTypes.StringType)
          .add("bucket", DataTypes.LongType)
          .add("time", DataTypes.LongType)
          .add("song", DataTypes.StringType)
          .add("partition", DataTypes.IntegerType)
          .add("offset", DataTypes.LongType)
          .add("reason", DataTypes.StringType);

  private static final Comparator<Entry> BY_COORDINATES =
      Comparator.comparingInt(Entry::partition).thenComparingLong(Entry::offset);

  static Entry of(Message message) {
    try {
      Listen listen = ListenParser.parse(message.value(), message.timestamp());
      return new Entry(
          listen.name(),
          listen.eventTimestamp(),
          listen.song(),
          message.partition(),
          message.offset(),
          null);
    } catch (RejectedException e) {
      return new Entry(
          null,
          message.timestamp(),
          null,
          message.partition(),
          message.offset(),
          e.reason().code());
    }
  }

  static Entry of(Row row) {
    return new Entry(
        row.getString(0),
        row.getLong(2),
        row.getString(3),
        row.getInt(4),
        row.getLong(5),
        row.getString(6));
  }

  Row toRow() {
    return RowFactory.create(name, bucket(), time, song, partition, offset, reason);
  }

  /** The hour of a listen; of others the offset, lest a flood of them end up in one task. */
  private long bucket() {
    return isListen() ? hour() : offset;
  }

  /** Start of the hour of the listen's time, milliseconds since the epoch. */
  long hour() {
    return EventHour.of(time).toEpochMilli();
  }

  boolean isListen() {
    return name != null;
  }

  boolean isDeadLetter() {
    return name == null && reason == null;
  }

  boolean isSameListen(Entry other) {
    return time == other.time && song.equals(other.song) && name.equals(other.name);
  }

  /** Also the time is compared: a topic that was made again counts its offsets from 0 again. */
  boolean isSameMessage(Entry other) {
    return partition == other.partition && offset == other.offset && time == other.time;
  }

  /** In the order of the topic. */
  @Override
  public int compareTo(Entry other) {
    return BY_COORDINATES.compare(this, other);
  }
}
