package io.playlog.jobs.stream;

import io.playlog.catalogue.Catalogue;
import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.ConfigOption;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.jobs.cassandra.CassandraSession;
import io.playlog.jobs.kafka.SourceTopic;
import io.playlog.jobs.progress.Counts;
import io.playlog.jobs.progress.PartitionProgress;
import io.playlog.jobs.progress.StreamProgress;
import io.playlog.jobs.schema.Schema;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stores listens until it is stopped. */
@Command(
    name = "stream",
    mixinStandardHelpOptions = true,
    description = "Stores the topic's listens in Cassandra until it is stopped by SIGTERM.")
public final class StreamCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(StreamCommand.class);

  @Mixin private ConfigOption configOption;

  @Override
  public Integer call() throws TimeoutException, StreamingQueryException {
    PlaylogConfig config = configOption.load();
    Catalogue catalogue = Catalogue.read(config.catalogue().path());
    LOG.info("Catalogue {}: {}", config.catalogue().path(), catalogue.summary());
    SparkConf conf = Cassandra.configure(new SparkConf(), config.cassandra());
    conf.setAppName("playlog-stream").setIfMissing("spark.sql.session.timeZone", "UTC");
    String topicId = prepare(conf, config);
    try (SparkSession spark = SparkSession.builder().config(conf).getOrCreate()) {
      new ListenStream(spark, config).start(catalogue, topicId).awaitTermination();
    }
    return 0;
  }

  /** Checks what the stream needs before Spark is started, which takes longer. */
  private static String prepare(SparkConf conf, PlaylogConfig config) {
    try (SourceTopic topic = new SourceTopic(config.kafka());
        SourceTopic deadLetters =
            new SourceTopic(config.kafka(), config.kafka().deadLetterTopic());
        CassandraSession session = Cassandra.of(conf, config).open()) {
      topic.check();
      deadLetters.check();
      Schema.check(session);
      beginProgress(session, config.kafka().topic(), topic);
      return topic.id();
    }
  }

  /** A partition without a row counts as not caught up, also if it never got a message. */
  private static void beginProgress(CassandraSession session, String name, SourceTopic topic) {
    StreamProgress progress = new StreamProgress(session, name, topic.id());
    Map<Integer, PartitionProgress> known = progress.read();
    topic
        .firstOffsets()
        .forEach(
            (partition, offset) -> {
              if (!known.containsKey(partition)) {
                progress.write(new PartitionProgress(partition, offset, Counts.NONE));
              }
            });
  }
}
