package io.playlog.jobs.stream;

import io.playlog.catalogue.Catalogue;
import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.cassandra.Cassandra;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamReader;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;

/** The streaming query: from the topic, in micro-batches, to {@link BatchStore}. */
final class ListenStream {
  private final SparkSession spark;
  private final PlaylogConfig config;
  private final BatchLog log;
  private final GracefulStop stop;

  ListenStream(SparkSession spark, PlaylogConfig config) {
    this.spark = spark;
    this.config = config;
    this.log = new BatchLog(config.kafka().topic());
    this.stop = new GracefulStop(config.stream().stopTimeout());
  }

  /**
   * @param topicId the source topic's id, under which progress is kept
   */
  StreamingQuery start(Catalogue catalogue, String topicId) throws TimeoutException {
    Broadcast<HashMap<String, byte[][]>> songs =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(SongColumns.of(catalogue));
    Cassandra cassandra = Cassandra.of(spark.sparkContext().getConf(), config);
    BatchStore store = new BatchStore(config, cassandra, topicId, songs);
    BatchOffsets offsets =
        new BatchOffsets(spark, config.stream().checkpoint(), config.kafka().topic());
    spark.streams().addListener(log);
    StreamingQuery query =
        messages()
            .writeStream()
            .queryName("listens")
            .option("checkpointLocation", config.stream().checkpoint())
            .trigger(Trigger.ProcessingTime(config.stream().triggerInterval().toMillis()))
            .foreachBatch(
                (Dataset<Row> batch, Long id) -> {
                  stop.holdIfRequested();
                  log.stored(id, store.store(batch, offsets.endOf(id)));
                })
            .start();
    stop.onShutdown(query);
    return query;
  }

  private Dataset<Row> messages() {
    DataStreamReader reader =
        spark
            .readStream()
            .format("kafka")
            .option("kafka.bootstrap.servers", config.kafka().bootstrapServers())
            .option("subscribe", config.kafka().topic())
            .option("startingOffsets", "earliest")
            .option("failOnDataLoss", true)
            .option("includeHeaders", true)
            .option("maxOffsetsPerTrigger", config.stream().maxOffsetsPerTrigger());
    for (Map.Entry<String, String> property : config.kafka().properties().entrySet()) {
      reader = reader.option("kafka." + property.getKey(), property.getValue());
    }
    return reader.load().selectExpr(Message.COLUMNS);
  }
}
