package io.playlog.jobs.stream;

import io.playlog.catalogue.Catalogue;
import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.jobs.progress.Counts;
import java.util.HashMap;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Stores messages outside the stream, as the stream does and with the catalogue of now. Neither the
 * progress nor the hours touched are written.
 */
public final class MessageStore {
  private MessageStore() {}

  /**
   * Returns when all are acknowledged.
   *
   * @param messages as for {@link Message#of}
   * @return how many were stored, the listens and the dead letters
   */
  public static Counts store(
      SparkSession spark, PlaylogConfig config, Cassandra cassandra, Dataset<Row> messages) {
    Catalogue catalogue = Catalogue.read(config.catalogue().path());
    StoreTask task =
        new StoreTask(
            config.kafka(),
            config.stream(),
            config.report().lookback(),
            cassandra,
            JavaSparkContext.fromSparkContext(spark.sparkContext())
                .broadcast(SongColumns.of(catalogue)),
            new HashMap<>(),
            UUID.randomUUID().toString());
    return Message.of(messages).mapPartitions(task).collect().stream()
        .map(TaskResult::all)
        .reduce(Counts.NONE, Counts::plus);
  }
}
