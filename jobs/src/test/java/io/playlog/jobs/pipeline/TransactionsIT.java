package io.playlog.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.datastax.oss.driver.api.core.CqlSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playlog.config.PlaylogConfig;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.jobs.JobRun;
import io.playlog.jobs.stream.StreamRun;
import io.playlog.listen.Hour;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Messages of transactions that were committed, were aborted, or are open. */
class TransactionsIT {
  private static final Instant TIME = Instant.now().minus(Duration.ofHours(2));

  private final LocalServers servers = LocalServers.shared();
  private String name;
  private Path configFile;
  private PlaylogConfig config;

  private void create(String name, Map<String, ?> more) throws Exception {
    this.name = name;
    configFile = servers.configFile(name, more);
    config = PlaylogConfig.load(configFile);
    servers.runProducer(configFile, "create-topics");
    JobRun.output(configFile, "schema");
  }

  private void createReadCommitted(String name) throws Exception {
    create(name, Map.of("kafka.properties.isolation.level", "read_committed"));
  }

  private KafkaProducer<byte[], byte[]> producer(String transactionalId) {
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                config.kafka().bootstrapServers(),
                "transactional.id",
                transactionalId,
                "transaction.timeout.ms",
                600_000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
    producer.beginTransaction();
    return producer;
  }

  /** All in one partition, where an open transaction is in the way of what comes after it. */
  private ProducerRecord<byte[], byte[]> listen(String listener) {
    return new ProducerRecord<>(
        name, 0, null, ListenJson.toBytes(new Listen(listener, "s", TIME.toEpochMilli())));
  }

  private void sendCommitted(String listener) {
    try (KafkaProducer<byte[], byte[]> producer = producer(name + "-committed")) {
      producer.send(listen(listener));
      producer.commitTransaction();
    }
  }

  private void sendAborted(String listener) {
    try (KafkaProducer<byte[], byte[]> producer = producer(name + "-aborted")) {
      producer.send(listen(listener));
      producer.flush();
      producer.abortTransaction();
    }
  }

  private void runStream() throws TimeoutException {
    try (StreamRun stream = StreamRun.start(config)) {
      stream.processAllAvailable();
    }
  }

  private List<String> storedNames() {
    try (CqlSession cql = servers.openSession()) {
      return cql.execute("SELECT DISTINCT name FROM " + name + ".records").all().stream()
          .map(row -> row.getString(0))
          .toList();
    }
  }

  private JsonNode status() throws Exception {
    return new ObjectMapper().readTree(JobRun.output(configFile, "status"));
  }

  private String audit() {
    return JobRun.output(configFile, "audit", "--hour", Hour.of(TIME.toEpochMilli()).toString());
  }

  private void assertReportIsComplete(int listens) throws Exception {
    JobRun.output(configFile, "hourly-summary", "--hour", Hour.of(TIME.toEpochMilli()).toString());
    try (CqlSession cql = servers.openSession()) {
      assertThat(
              cql.execute("SELECT state, listens FROM " + name + ".report_runs").all().stream()
                  .map(row -> row.getString("state") + " " + row.getLong("listens")))
          .containsExactly("complete " + listens);
    }
  }

  /** Kafka's default, and so Playlog's. */
  @Test
  void withoutASettingAllAreRead() throws Exception {
    create("uncommitted", Map.of());
    sendCommitted("committed");
    sendAborted("aborted");
    try (KafkaProducer<byte[], byte[]> open = producer(name + "-open")) {
      open.send(listen("open"));
      open.flush();
      runStream();
      open.abortTransaction();
    }

    assertThat(storedNames()).containsExactlyInAnyOrder("committed", "aborted", "open");
    runStream();
    assertThat(status().get("lag").asLong()).isZero();
    assertThat(audit()).contains("in 3 = stored 3 ");
    assertReportIsComplete(3);
  }

  @Test
  void withReadCommittedOnlyWhatIsCommittedIsRead() throws Exception {
    createReadCommitted("committed");
    sendCommitted("first");
    sendAborted("aborted");
    sendCommitted("second");
    sendAborted("aborted last");
    runStream();

    assertThat(storedNames()).containsExactlyInAnyOrder("first", "second");
    assertThat(status().get("lag").asLong()).isZero();
    assertThat(audit())
        .contains("in 2 = stored 2 + repeated 0 + dead-lettered 0 + missing 0", "lag 0");
    assertReportIsComplete(2);
  }

  /** Nobody waits for a transaction that is open; what comes after it waits with it. */
  @Test
  void withReadCommittedAnOpenTransactionHoldsUpNobody() throws Exception {
    createReadCommitted("opentransaction");
    sendCommitted("before");
    try (KafkaProducer<byte[], byte[]> open = producer(name + "-open")) {
      open.send(listen("open"));
      open.flush();
      Topics.sendAll(config.kafka().bootstrapServers(), List.of(listen("after")));
      runStream();

      assertThat(storedNames()).containsExactly("before");
      assertThat(status().get("lag").asLong()).isZero();
      assertThat(status().get("held_by_transactions").asLong()).isEqualTo(2);
      assertThat(audit()).contains("in 1 = stored 1 ", "lag 0");
      assertReportIsComplete(1);
      open.commitTransaction();
    }
    runStream();

    assertThat(storedNames()).containsExactlyInAnyOrder("before", "open", "after");
    assertThat(status().get("held_by_transactions").asLong()).isZero();
    assertThat(audit()).contains("in 3 = stored 3 ");
    assertReportIsComplete(3);
  }

  /** What was read of it is behind the end that the new level shows. */
  @Test
  void theLevelIsNotChangedWithinATransaction() throws Exception {
    create("changedlevel", Map.of());
    try (KafkaProducer<byte[], byte[]> open = producer(name + "-open")) {
      open.send(listen("open"));
      open.flush();
      runStream();
      Files.writeString(
          configFile,
          Files.readString(configFile)
              + "playlog.kafka.properties.\"isolation.level\" = read_committed\n");
      config = PlaylogConfig.load(configFile);
      assertThatExceptionOfType(PlaylogException.class)
          .isThrownBy(this::runStream)
          .withMessageContaining("1 messages of the topic changedlevel")
          .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.TRANSACTION_OPEN));
      open.commitTransaction();
    }
    sendCommitted("later");
    runStream();

    assertThat(storedNames()).containsExactlyInAnyOrder("open", "later");
  }
}
