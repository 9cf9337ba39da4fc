package io.playlog.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.JobRun;
import io.playlog.jobs.stream.StreamRun;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenJson;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** What Kafka's own tools show of the stream. */
class ConsumerGroupIT {
  private static final Duration WAIT = Duration.ofMinutes(1);

  private final LocalServers servers = LocalServers.shared();

  private PlaylogConfig create(String name) throws Exception {
    Path configFile = servers.configFile(name, Map.of("stream.consumer-group", name));
    servers.runProducer(configFile, "create-topics");
    JobRun.output(configFile, "schema");
    return PlaylogConfig.load(configFile);
  }

  private static void send(PlaylogConfig config, String song) throws Exception {
    Listen listen = new Listen("Ada", song, Instant.now().toEpochMilli());
    Topics.send(
        config.kafka().bootstrapServers(),
        config.kafka().topic(),
        List.of(ListenJson.toBytes(listen)));
  }

  /** By partition. */
  private static Map<Integer, Long> committed(Admin admin, PlaylogConfig config) throws Exception {
    Map<Integer, Long> offsets = new TreeMap<>();
    admin
        .listConsumerGroupOffsets(config.stream().consumerGroup())
        .partitionsToOffsetAndMetadata()
        .get()
        .forEach((partition, offset) -> offsets.put(partition.partition(), offset.offset()));
    return offsets;
  }

  private static Admin admin(PlaylogConfig config) {
    return Admin.create(Map.of("bootstrap.servers", config.kafka().bootstrapServers()));
  }

  @Test
  void holdsWhatIsStored() throws Exception {
    PlaylogConfig config = create("storedoffsets");
    try (Admin admin = admin(config)) {
      try (StreamRun stream = StreamRun.start(config)) {
        send(config, "a");
        stream.processAllAvailable();
        await().atMost(WAIT).until(() -> committed(admin, config).values().contains(1L));
        send(config, "b");
        stream.processAllAvailable();
      }

      assertThat(committed(admin, config))
          .hasSize(4)
          .satisfies(
              offsets ->
                  assertThat(offsets.values().stream().mapToLong(Long::longValue).sum())
                      .isEqualTo(2));
    }
  }

  /** Somebody's consumer has the name: brokers refuse commits of others while it is there. */
  @Test
  void thatIsTakenStopsNothing() throws Exception {
    PlaylogConfig config = create("takengroup");
    try (Admin admin = admin(config);
        KafkaConsumer<byte[], byte[]> member =
            new KafkaConsumer<>(
                Map.of(
                    "bootstrap.servers",
                    config.kafka().bootstrapServers(),
                    "group.id",
                    config.stream().consumerGroup(),
                    "enable.auto.commit",
                    false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        CqlSession cql = servers.openSession()) {
      member.subscribe(List.of(config.kafka().topic()));
      await()
          .atMost(WAIT)
          .until(
              () -> {
                member.poll(Duration.ofMillis(100));
                return !member.assignment().isEmpty();
              });
      send(config, "a");
      try (StreamRun stream = StreamRun.start(config)) {
        stream.processAllAvailable();
      }

      assertThat(cql.execute("SELECT * FROM takengroup.records").all()).hasSize(1);
      assertThat(committed(admin, config)).isEmpty();
    }
  }
}
