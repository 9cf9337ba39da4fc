package io.playlog.jobs.audit;

import io.playlog.jobs.deadletters.DeadLetter;
import io.playlog.jobs.kafka.Message;
import io.playlog.listen.Hour;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenParser;
import io.playlog.listen.RejectedException;
import io.playlog.store.ForgottenListens;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What an audit compares: a message of the source topic, or the coordinates in a dead letter.
 *
 * @param name null if it is no listen
 * @param time milliseconds since the epoch: the listen's, else the record timestamp
 * @param song null if it is no listen
 * @param partition of the source topic
 * @param offset of the source topic
 * @param reason why the message is invalid, or {@link #FORGOTTEN} for a listen that is; null for
 *     other listens and for a dead letter
 * @param written the message's record timestamp, milliseconds since the epoch
 */
record Entry(
    String name, long time, String song, int partition, long offset, String reason, long written)
    implements Serializable, Comparable<Entry> {

  private static final String FORGOTTEN = "forgotten";

  /**
   * Rows that belong together have the same name and bucket. Sorted by all columns, messages of the
   * same listen follow each other, and an invalid message follows its dead letter, since nulls come
   * first.
   */
  static final StructType SCHEMA =
      new StructType()
          .add("name", DataTypes.StringType)
          .add("bucket", DataTypes.LongType)
          .add("time", DataTypes.LongType)
          .add("song", DataTypes.StringType)
          .add("partition", DataTypes.IntegerType)
          .add("offset", DataTypes.LongType)
          .add("reason", DataTypes.StringType)
          .add("written", DataTypes.LongType);

  private static final Column[] COLUMNS =
      Arrays.stream(SCHEMA.fieldNames()).map(functions::col).toArray(Column[]::new);

  private static final Comparator<Entry> BY_COORDINATES =
      Comparator.comparingInt(Entry::partition).thenComparingLong(Entry::offset);

  /**
   * @param topic the source topic
   */
  static Dataset<Row> ofMessages(Dataset<Row> messages, String topic, ForgottenListens forgotten) {
    return messages
        .sparkSession()
        .createDataFrame(
            Message.of(messages).map(message -> of(message, topic, forgotten).toRow()), SCHEMA);
  }

  /**
   * @param topic the source topic; dead letters about others are left out
   */
  static Dataset<Row> ofDeadLetters(Dataset<Row> deadLetters, String topic) {
    return deadLetters
        .sparkSession()
        .createDataFrame(
            Message.of(deadLetters)
                .flatMap(
                    message -> ofDeadLetter(message, topic).map(Entry::toRow).stream().iterator()),
            SCHEMA);
  }

  /** Of the listens of an hour. */
  static Dataset<Row> listensOf(Hour hour, Dataset<Row> entries) {
    return entries
        .where(functions.col("name").isNotNull())
        .where(functions.col("time").geq(hour.start().toEpochMilli()))
        .where(functions.col("time").lt(hour.end().toEpochMilli()));
  }

  /** What belongs together comes to one task, sorted. */
  static Dataset<Row> arrange(Dataset<Row> entries) {
    return entries
        .repartition(functions.col("name"), functions.col("bucket"))
        .sortWithinPartitions(COLUMNS);
  }

  private static Entry of(Message message, String topic, ForgottenListens forgotten) {
    try {
      Listen listen = ListenParser.parse(message.value(), message.timestamp());
      boolean isForgotten =
          forgotten.knows(listen.name())
              && forgotten.holds(listen, DeadLetter.originOf(message, topic));
      return new Entry(
          listen.name(),
          listen.eventTimestamp(),
          listen.song(),
          message.partition(),
          message.offset(),
          isForgotten ? FORGOTTEN : null,
          message.timestamp());
    } catch (RejectedException e) {
      return new Entry(
          null,
          message.timestamp(),
          null,
          message.partition(),
          message.offset(),
          e.reason().code(),
          message.timestamp());
    }
  }

  static Optional<Entry> ofDeadLetter(Message message, String topic) {
    return DeadLetter.read(message.headers())
        .filter(letter -> letter.topic().equals(topic))
        .map(
            letter ->
                new Entry(
                    null,
                    letter.recordTimestamp(),
                    null,
                    letter.partition(),
                    letter.offset(),
                    null,
                    letter.recordTimestamp()));
  }

  static Entry of(Row row) {
    return new Entry(
        row.getString(0),
        row.getLong(2),
        row.getString(3),
        row.getInt(4),
        row.getLong(5),
        row.getString(6),
        row.getLong(7));
  }

  Row toRow() {
    return RowFactory.create(name, bucket(), time, song, partition, offset, reason, written);
  }

  /** The hour of a listen; of others the offset, lest a flood of them end up in one task. */
  private long bucket() {
    return isListen() ? hour().sinceEpoch() : offset;
  }

  /** Of a listen's time. */
  Hour hour() {
    return Hour.of(time);
  }

  boolean isListen() {
    return name != null;
  }

  /** A listen that is not stored, since its listener was forgotten later. */
  boolean isForgotten() {
    return FORGOTTEN.equals(reason);
  }

  boolean isDeadLetter() {
    return name == null && reason == null;
  }

  boolean isSameListen(Entry other) {
    return time == other.time && song.equals(other.song) && name.equals(other.name);
  }

  /** With the later one of two times: a row that was written again expires later. */
  Entry writtenAlso(long other) {
    return other > written ? new Entry(name, time, song, partition, offset, reason, other) : this;
  }

  /** Also the time is compared: a topic that was re-created counts its offsets from 0 again. */
  boolean isSameMessage(Entry other) {
    return partition == other.partition && offset == other.offset && time == other.time;
  }

  /** In the order of the topic. */
  @Override
  public int compareTo(Entry other) {
    return BY_COORDINATES.compare(this, other);
  }
}
