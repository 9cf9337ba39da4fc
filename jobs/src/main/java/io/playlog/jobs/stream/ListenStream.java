package io.playlog.jobs.stream;

import io.playlog.catalogue.Catalogue;
import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.jobs.cassandra.CassandraSession;
import io.playlog.jobs.kafka.SourceTopic;
import io.playlog.jobs.progress.PartitionProgress;
import io.playlog.jobs.progress.StreamProgress;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamReader;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streaming query: from the topic, in micro-batches, to {@link BatchStore}. */
final class ListenStream implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ListenStream.class);

  private final PlaylogConfig config;
  private final CheckpointLock lock;
  private final SourceTopic topic;
  private final SparkSession spark;
  private final String topicId;
  private final Cassandra cassandra;
  private final BatchStore store;

  private ListenStream(
      PlaylogConfig config,
      CheckpointLock lock,
      SourceTopic topic,
      SparkSession spark,
      CurrentSongs songs) {
    this.config = config;
    this.lock = lock;
    this.topic = topic;
    this.spark = spark;
    this.topicId = topic.id();
    this.cassandra = Cassandra.of(spark.sparkContext().getConf(), config);
    this.store = new BatchStore(config, cassandra, topicId, songs);
  }

  /** Reads the catalogue, checks topics, schema and checkpoint, and starts Spark. */
  static ListenStream open(PlaylogConfig config) {
    CatalogueWatch watch = new CatalogueWatch(config.catalogue().path(), System::nanoTime);
    Catalogue catalogue = Catalogue.read(config.catalogue().path());
    LOG.info("Catalogue {}: {}", config.catalogue().path(), catalogue.summary());
    SparkConf conf = Cassandra.configure(new SparkConf(), config.cassandra());
    conf.setAppName("playlog-stream").set("spark.sql.session.timeZone", "UTC");
    CheckpointLock lock = CheckpointLock.acquire(config.stream().checkpoint());
    try {
      StartChecks.run(Cassandra.of(conf, config), config);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
    SparkSession spark = SparkSession.builder().config(conf).getOrCreate();
    LocalCheckpointFiles.use(spark, config.stream().checkpoint());
    CurrentSongs songs =
        new CurrentSongs(JavaSparkContext.fromSparkContext(spark.sparkContext()), watch, catalogue);
    return new ListenStream(config, lock, new SourceTopic(config.kafka()), spark, songs);
  }

  /**
   * @param beforeBatch called before each batch is stored
   */
  StreamingQuery start(BeforeBatch beforeBatch) throws TimeoutException {
    BatchLog log = new BatchLog(config.kafka().topic());
    spark.streams().addListener(log);
    BatchOffsets offsets =
        new BatchOffsets(spark, config.stream().checkpoint(), config.kafka().topic());
    Checkpoint checkpoint =
        new Checkpoint(config.stream().checkpoint(), spark.sparkContext().hadoopConfiguration());
    new CheckpointCheck(config, topic).run(checkpoint, offsets, storedOffsets());
    return messages()
        .writeStream()
        .queryName("listens")
        .option("checkpointLocation", config.stream().checkpoint())
        .trigger(Trigger.ProcessingTime(config.stream().triggerInterval().toMillis()))
        .foreachBatch(
            (Dataset<Row> batch, Long id) -> {
              beforeBatch.run();
              topic.requireId(topicId);
              log.stored(id, store.store(batch, offsets.endOf(id)));
            })
        .start();
  }

  private Map<Integer, Long> storedOffsets() {
    try (CassandraSession session = cassandra.open()) {
      return PartitionProgress.nextOffsets(
          new StreamProgress(session, config.kafka().topic(), topicId).read());
    }
  }

  /** May wait, and so hold the batch back. */
  interface BeforeBatch {
    void run() throws InterruptedException;
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
    return reader.load();
  }

  @Override
  public void close() {
    spark.stop();
    topic.close();
    lock.close();
  }
}
