package io.playlog.jobs.audit;

import static org.apache.spark.sql.functions.col;

import io.playlog.jobs.stream.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Datasets of {@link Entry}. */
final class Entries {
  private static final Column[] ALL =
      Arrays.stream(Entry.SCHEMA.fieldNames())
          .map(org.apache.spark.sql.functions::col)
          .toArray(Column[]::new);

  private Entries() {}

  static Dataset<Row> ofMessages(Dataset<Row> messages) {
    return messages
        .sparkSession()
        .createDataFrame(
            Message.of(messages).map(message -> Entry.of(message).toRow()), Entry.SCHEMA);
  }

  /**
   * @param topic the source topic; letters about others are left out
   */
  static Dataset<Row> ofDeadLetters(Dataset<Row> letters, String topic) {
    return letters
        .sparkSession()
        .createDataFrame(
            Message.of(letters)
                .flatMap(
                    letter -> LetterOrigin.of(letter, topic).map(Entry::toRow).stream().iterator()),
            Entry.SCHEMA);
  }

  static Dataset<Row> listensOf(Instant hour, Dataset<Row> entries) {
    return entries
        .where(col("name").isNotNull())
        .where(col("time").geq(hour.toEpochMilli()))
        .where(col("time").lt(hour.plus(Duration.ofHours(1)).toEpochMilli()));
  }

  /** What belongs together comes to one task, sorted. */
  static Dataset<Row> arrange(Dataset<Row> entries) {
    return entries.repartition(col("name"), col("bucket")).sortWithinPartitions(ALL);
  }
}
