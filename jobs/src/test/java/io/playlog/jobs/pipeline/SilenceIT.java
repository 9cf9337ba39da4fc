package io.playlog.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.specex.SpeculativeExecutionPolicy;
import com.datastax.spark.connector.cql.CassandraConnector;
import io.playlog.cassandra.AnotherNode;
import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.JobRun;
import io.playlog.jobs.LogLines;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.jobs.stream.StreamRun;
import io.playlog.kafka.Offsets;
import io.playlog.kafka.Topic;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenJson;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

/** Servers that take connections and say nothing. */
class SilenceIT {
  private static final Duration WAIT = Duration.ofMinutes(3);

  private final LocalServers servers = LocalServers.shared();

  private Path configFile(String name, Map<String, ?> more) throws Exception {
    Path configFile = servers.configFile(name, more);
    servers.runProducer(configFile, "create-topics");
    JobRun.output(configFile, "schema");
    return configFile;
  }

  private static void send(PlaylogConfig config, String song) {
    Listen listen = new Listen("Ada Lovelace", song, Instant.now().toEpochMilli());
    Topics.send(
        config.kafka().bootstrapServers(),
        config.kafka().topic(),
        List.of(ListenJson.toBytes(listen)));
  }

  private static boolean isStored(Path configFile, int listens) {
    return JobRun.output(configFile, "status").contains("\"listens_stored\":" + listens + ",");
  }

  /**
   * Spark's source lets a query fail after three attempts, which shorter time-outs use up sooner.
   */
  @Test
  void theStreamOutlivesASilentBroker() throws Exception {
    Path configFile =
        configFile(
            "silentbroker",
            Map.of(
                "kafka.properties.\"request.timeout.ms\"", 500,
                "kafka.properties.\"default.api.timeout.ms\"", 1000));
    PlaylogConfig config = PlaylogConfig.load(configFile);
    try (LogLines log = new LogLines("org.apache.spark.sql.kafka010.KafkaOffsetReaderAdmin");
        StreamRun stream = StreamRun.start(config)) {
      send(config, "before");
      stream.processAllAvailable();
      try (LocalServers.Frozen kafka = servers.frozenKafka()) {
        await().atMost(WAIT).until(() -> !log.beginning("WARN Error in attempt 4").isEmpty());
      }
      send(config, "after");
      stream.processAllAvailable();
    }
    assertThat(isStored(configFile, 2)).isTrue();
    try (Topic topic = Topic.ofListens(config.kafka())) {
      Offsets ends = topic.endOffsets();
      assertThat(topic.olderThan(Instant.now().plusSeconds(60), ends)).isEqualTo(ends);
      assertThat(topic.olderThan(Instant.EPOCH, ends).aheadOf(Offsets.NONE)).isZero();
    }
  }

  @Test
  void aStreamThatHangsEndsByItself() throws Exception {
    Path configFile = configFile("hangs", Map.of("stream.stall-timeout", "10 s"));
    PlaylogConfig config = PlaylogConfig.load(configFile);
    try (JobProcess stream =
        JobProcess.ofJob(configFile, Map.of("spark.master", "local[2]"), "stream")) {
      send(config, "before");
      await()
          .atMost(WAIT)
          .pollInterval(Duration.ofSeconds(1))
          .until(
              () -> {
                stream.requireAlive();
                return isStored(configFile, 1);
              });
      try (LocalServers.Frozen cassandra = servers.frozenCassandra()) {
        send(config, "meanwhile");
        assertThat(stream.end()).as("%s", stream.lines()).isEqualTo(8);
      }
      assertThat(stream.lines())
          .filteredOn(line -> line.startsWith("PL-"))
          .singleElement()
          .asString()
          .startsWith("PL-803: The stream has stored nothing for 1")
          .contains("although 1 messages wait (it says: Processing new data)");
      assertThat(stream.lines()).noneMatch(line -> line.startsWith("\tat "));
    }
    try (StreamRun again = StreamRun.start(config)) {
      again.processAllAvailable();
    }
    assertThat(isStored(configFile, 2)).isTrue();
  }

  /** One node has no other: nothing is sent twice, and no timer is set. */
  @Test
  void aSessionOfTheJobsKnowsWhetherThereIsAnotherNode() throws Exception {
    SparkConf conf = Cassandra.configure(new SparkConf(), servers.config().cassandra());
    conf.set("spark.cassandra.connection.host", "127.0.0.1")
        .set(
            "spark.cassandra.connection.port",
            Integer.toString(servers.config().local().cassandraPort()));
    try (CqlSession session = CassandraConnector.apply(conf).openSession()) {
      SpeculativeExecutionPolicy policy =
          session.getContext().getSpeculativeExecutionPolicy(DriverExecutionProfile.DEFAULT_NAME);
      assertThat(policy).isInstanceOf(AnotherNode.class);
      assertThat(session.getMetadata().getNodes()).hasSize(1);
      assertThat(policy.nextExecution(null, null, null, 1)).isEqualTo(-1);
    }
  }
}
