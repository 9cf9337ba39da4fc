package io.playlog.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import io.playlog.cassandra.CassandraSession;
import io.playlog.cassandra.DirectConnection;
import io.playlog.config.PlaylogConfig;
import io.playlog.error.ExitCode;
import io.playlog.jobs.JobRun;
import io.playlog.jobs.LogLines;
import io.playlog.jobs.stream.StreamRun;
import io.playlog.jobs.stream.StreamRun.DuringBatch;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** One stream at a time, whatever the checkpoints are. */
class LeaseIT {
  private static final int MESSAGES = 100;
  private static final Duration LEASE = Duration.ofSeconds(6);
  private static final Duration WAIT = Duration.ofMinutes(3);

  private final LocalServers servers = LocalServers.shared();
  private final CqlSession cql = servers.openSession();
  private String name;
  private Path configFile;
  private PlaylogConfig config;
  private long sent;

  @BeforeEach
  void createTopicAndTables(TestInfo test) throws Exception {
    name = test.getTestMethod().orElseThrow().getName().toLowerCase().replaceAll("[^a-z]", "");
    configFile =
        servers.configFile(name, Map.of("stream.lease-duration", LEASE.toSeconds() + " s"));
    config = PlaylogConfig.load(configFile);
    servers.runProducer(configFile, "create-topics");
    JobRun.output(configFile, "schema");
  }

  @AfterEach
  void closeSession() {
    cql.close();
  }

  private void send() {
    long first = sent;
    sent += MESSAGES;
    List<byte[]> listens =
        IntStream.range(0, MESSAGES)
            .mapToObj(i -> new Listen("n" + i, "s", 1_708_898_400_123L + first + i))
            .map(ListenJson::toBytes)
            .toList();
    Topics.send(config.kafka().bootstrapServers(), name, listens);
  }

  /** The same stream on another machine: with a checkpoint of its own. */
  private Path elsewhere() throws Exception {
    Path file = configFile.resolveSibling(name + "-elsewhere.conf");
    return Files.writeString(
        file,
        Files.readString(configFile)
            + "playlog.stream.checkpoint = \"%s-elsewhere\"\n"
                .formatted(config.stream().checkpoint()));
  }

  private ResultSet execute(String statement, Object... values) {
    return cql.execute(statement.formatted(name), values);
  }

  private Row lease() {
    return execute("SELECT * FROM %s.stream_lease").one();
  }

  /** As a stream that was killed, or does not run, has left it. */
  private void leave(UUID owner) {
    execute(
        "INSERT INTO %s.stream_lease (topic, owner, process) VALUES (?, ?, 'left') IF NOT EXISTS"
            + " USING TTL 3600",
        name, owner);
  }

  /** As another stream, or a person. */
  private void overwrite() {
    execute(
        "UPDATE %s.stream_lease USING TTL 3600 SET owner = ?, process = 'other' WHERE topic = ?"
            + " IF EXISTS",
        UUID.randomUUID(), name);
  }

  private long records() {
    return execute("SELECT count(*) FROM %s.records").one().getLong(0);
  }

  private Set<Long> progress() {
    return execute("SELECT next_offset FROM %s.stream_progress").all().stream()
        .map(row -> row.getLong(0))
        .collect(Collectors.toSet());
  }

  /** Each message once. */
  private long counted() {
    return execute("SELECT sum(listens) FROM %s.stream_progress").one().getLong(0);
  }

  private void assertAllStored() {
    assertThat(records()).isEqualTo(sent);
    assertThat(counted()).isEqualTo(sent);
  }

  @Test
  void theSecondIsRefusedAndTakesOverFromAKilledOne() throws Exception {
    Path elsewhere = elsewhere();
    send();
    UUID owner;
    try (StreamProcess first = StreamProcess.start(configFile)) {
      await().atMost(WAIT).until(() -> records() == sent || !first.isAlive());
      owner = lease().getUuid("owner");

      JobRun second = JobRun.of(elsewhere, "stream");
      assertThat(second.error().lines())
          .singleElement()
          .asString()
          .startsWith("PL-741: Another stream stores the topic " + name + " into the keyspace ")
          .contains("process " + first.pid() + "@", config.stream().checkpoint(), "since 20");
      assertThat(second.exitCode()).isEqualTo(ExitCode.NOT_SET_UP.code());

      send();
      first.kill();
    }
    try (LogLines log = new LogLines();
        StreamRun second = StreamRun.start(PlaylogConfig.load(elsewhere))) {
      assertThat(log.beginning("INFO Waiting for the lease")).hasSize(1);
      second.processAllAvailable();
      assertAllStored();
    }
    assertThat(lease()).as("given back").isNull();

    leave(owner);
    send();
    try (LogLines log = new LogLines();
        StreamRun again = StreamRun.start(config)) {
      assertThat(log.beginning("INFO Waiting for the lease")).isEmpty();
      again.processAllAvailable();
      assertAllStored();
    }
  }

  /** Sent to a second node while the first is at it, it would refuse its own stream. */
  @Test
  void aConditionIsAskedOnce() {
    try (CassandraSession session = DirectConnection.open(config.cassandra(), WAIT)) {
      String delete = "DELETE FROM %s.stream_lease WHERE topic = ?";
      assertThat(session.prepareConditional(delete + " IF EXISTS").bind(name).isIdempotent())
          .isFalse();
      assertThat(session.prepare(delete).bind(name).isIdempotent()).isTrue();
    }
  }

  /** It may have stored the batch, which is harmless; it must not say so. */
  @Test
  void oneThatHasLostItStopsBeforeItWritesProgress() throws Exception {
    try (LogLines log = new LogLines();
        StreamRun stream =
            StreamRun.start(
                config,
                () -> {
                  overwrite();
                  await()
                      .atMost(WAIT)
                      .until(() -> !log.beginning("ERROR This stream has lost").isEmpty());
                })) {
      send();
      assertThatThrownBy(stream::processAllAvailable)
          .hasStackTraceContaining("This stream has lost its lease")
          .hasStackTraceContaining("process other");
    }
    assertThat(progress()).containsExactly(0L);
    assertThat(lease().getString("process")).as("not given back").isEqualTo("other");

    execute("DELETE FROM %s.stream_lease WHERE topic = ? IF EXISTS", name);
    try (StreamRun again = StreamRun.start(config)) {
      again.processAllAvailable();
    }
    assertAllStored();
  }

  /** No batch finds it out. */
  @Test
  void oneThatHasLostItEndsAlthoughNothingComes() throws Exception {
    send();
    try (StreamProcess stream = StreamProcess.start(configFile)) {
      await().atMost(WAIT).until(() -> counted() == sent || !stream.isAlive());
      overwrite();
      await().atMost(WAIT).until(() -> !stream.isAlive());
      assertThat(stream.output()).contains("PL-742: This stream has lost its lease");
    }
    assertThat(lease().getString("process")).as("not given back").isEqualTo("other");
    assertAllStored();
  }

  /** While this one did not run, another may have had the lease and given it back. */
  @Test
  void oneThatFindsItsProgressMovedOnStops() throws Exception {
    DuringBatch another =
        () ->
            execute(
                "UPDATE %s.stream_progress SET next_offset = 9 WHERE topic = ? AND topic_id = ?"
                    + " AND kafka_partition = 0",
                name,
                execute("SELECT topic_id FROM %s.stream_progress LIMIT 1").one().getString(0));
    try (StreamRun stream = StreamRun.start(config, another)) {
      send();
      assertThatThrownBy(stream::processAllAvailable)
          .hasStackTraceContaining("moved on while the stream ran");
    }
    assertThat(counted()).isZero();
  }

  /** Nothing can be stored meanwhile, and nobody else has taken the lease when it is back. */
  @Test
  void aCassandraThatIsAwayForLongerEndsNoStream() throws Exception {
    try (LogLines log = new LogLines();
        StreamRun stream = StreamRun.start(config, () -> freezeCassandra(LEASE.plusSeconds(3)))) {
      send();
      stream.processAllAvailable();

      await().atMost(WAIT).until(() -> !log.beginning("INFO The lease is renewed").isEmpty());
      assertThat(log.beginning("WARN Cannot renew the lease")).hasSize(1);
      assertThat(lease().getString("process")).startsWith(ProcessHandle.current().pid() + "@");
    }
    assertAllStored();
  }

  private void freezeCassandra(Duration duration) throws InterruptedException {
    try (LocalServers.Frozen cassandra = servers.frozenCassandra()) {
      await().pollDelay(duration).atMost(WAIT).until(() -> true);
    }
  }
}
