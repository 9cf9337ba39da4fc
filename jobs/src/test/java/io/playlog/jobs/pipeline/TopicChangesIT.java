package io.playlog.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.JobRun;
import io.playlog.jobs.stream.StreamRun;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenJson;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** What operators do to a topic while the stream runs, or before it starts. */
class TopicChangesIT {
  private static final Duration WAIT = Duration.ofMinutes(1);
  private static final int LARGE = 60_000_000;

  private final LocalServers servers = LocalServers.shared();
  private String name;
  private Path configFile;
  private PlaylogConfig config;

  private void create(String name) throws Exception {
    this.name = name;
    configFile = servers.configFile(name, Map.of());
    config = PlaylogConfig.load(configFile);
    servers.runProducer(configFile, "create-topics");
    JobRun.output(configFile, "schema");
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", config.kafka().bootstrapServers()));
  }

  private ProducerRecord<byte[], byte[]> listen(String listener, int partition) {
    long now = Instant.now().toEpochMilli();
    return new ProducerRecord<>(
        name, partition, null, ListenJson.toBytes(new Listen(listener, "s", now)));
  }

  private void send(String listener, int partition) {
    Topics.sendAll(config.kafka().bootstrapServers(), List.of(listen(listener, partition)));
  }

  private List<String> storedNames() {
    try (CqlSession cql = servers.openSession()) {
      return cql.execute("SELECT DISTINCT name FROM " + name + ".records").all().stream()
          .map(row -> row.getString(0))
          .toList();
    }
  }

  private long lag() throws Exception {
    return new ObjectMapper().readTree(JobRun.output(configFile, "status")).get("lag").asLong();
  }

  private long partitionsWithProgress() {
    try (CqlSession cql = servers.openSession()) {
      return cql.execute("SELECT count(*) FROM " + name + ".stream_progress").one().getLong(0);
    }
  }

  /** Also those that get no message: a gate would wait for them for ever. */
  @Test
  void partitionsAreAddedWhileTheStreamRuns() throws Exception {
    create("morepartitions");
    try (StreamRun stream = StreamRun.start(config);
        Admin admin = admin()) {
      send("before", 0);
      stream.processAllAvailable();
      admin.createPartitions(Map.of(name, NewPartitions.increaseTo(8))).all().get();
      await().atMost(WAIT).until(() -> partitionsWithProgress() == 8);
      send("after", 7);
      stream.processAllAvailable();
    }

    assertThat(storedNames()).containsExactlyInAnyOrder("before", "after");
    assertThat(lag()).isZero();
    JobRun.output(configFile, "hourly-summary", "--due");
  }

  /** A start reads what came into new partitions while the stream was down from their beginning. */
  @Test
  void partitionsAreAddedWhileTheStreamIsDown() throws Exception {
    create("addedmeanwhile");
    try (StreamRun stream = StreamRun.start(config)) {
      send("before", 0);
      stream.processAllAvailable();
    }
    try (Admin admin = admin()) {
      admin.createPartitions(Map.of(name, NewPartitions.increaseTo(6))).all().get();
    }
    send("after", 5);
    try (StreamRun stream = StreamRun.start(config)) {
      stream.processAllAvailable();
    }

    assertThat(storedNames()).containsExactlyInAnyOrder("before", "after");
    assertThat(lag()).isZero();
  }

  @Test
  void aMessageOf60MegabytesIsKeptAndReplayed() throws Exception {
    create("largemessages");
    try (Admin admin = admin()) {
      Topics.alter(admin, name, "max.message.bytes", "67108864");
      Topics.alter(admin, config.kafka().deadLetterTopic(), "max.message.bytes", "134217728");
    }
    byte[] large = new byte[LARGE];
    Arrays.fill(large, (byte) 'x');
    sendUncompressed(large);
    send("after", 0);
    try (StreamRun stream = StreamRun.start(config)) {
      stream.processAllAvailable();
    }

    assertThat(storedNames()).containsExactly("after");
    List<ConsumerRecord<byte[], byte[]>> letters =
        DeadLetterTopic.byCoordinates(config.kafka()).get(name + "/0/0");
    assertThat(letters).hasSize(1);
    assertThat(Arrays.equals(letters.get(0).value(), large)).isTrue();

    assertThat(JobRun.output(configFile, "replay-dead-letters", "--reason", "not-json"))
        .startsWith("replayed 1 ");
  }

  private void sendUncompressed(byte[] value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                config.kafka().bootstrapServers(),
                "max.request.size",
                2 * LARGE,
                "buffer.memory",
                2L * LARGE),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(name, 0, null, value)).get();
    }
  }
}
