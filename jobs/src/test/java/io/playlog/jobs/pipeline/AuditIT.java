package io.playlog.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.ExitCode;
import io.playlog.jobs.JobRun;
import io.playlog.jobs.stream.StreamRun;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The audit finds what is missing, and only that. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AuditIT {
  private static final String NAME = "audited";
  private static final int LISTENS = 50;
  private static final Instant HOUR =
      Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(2));
  private static final String FROM = Instant.now().minus(Duration.ofDays(1)).toString();
  private static final String TO = Instant.now().plus(Duration.ofDays(1)).toString();

  private static Path configFile;
  private static PlaylogConfig config;
  private static CqlSession cql;

  @BeforeAll
  static void storeSomeListens() throws Exception {
    LocalServers servers = LocalServers.shared();
    configFile = servers.configFile(NAME, Map.of());
    config = PlaylogConfig.load(configFile);
    cql = servers.openSession();
    servers.runProducer(configFile, "create-topics");
    JobRun.output(configFile, "schema");
    List<byte[]> messages = new ArrayList<>();
    for (int i = 0; i < LISTENS; i++) {
      messages.add(listen(i));
    }
    messages.add(listen(0));
    messages.add("no listen".getBytes(StandardCharsets.UTF_8));
    Topics.send(config.kafka().bootstrapServers(), NAME, messages);
    try (StreamRun stream = StreamRun.start(config)) {
      stream.processAllAvailable();
    }
    JobRun.output(configFile, "hourly-summary", "--hour", HOUR.toString());
  }

  @AfterAll
  static void closeSession() {
    cql.close();
  }

  private static byte[] listen(int number) {
    return ListenJson.toBytes(
        new Listen("listener " + number, "song", HOUR.toEpochMilli() + number));
  }

  private static long due() {
    String status = JobRun.output(configFile, "status");
    return status.contains("\"hours_due\":[\"" + HOUR) ? 1 : 0;
  }

  @Test
  @Order(1)
  void allIsThere() {
    assertThat(JobRun.output(configFile, "audit", "--from", FROM, "--to", TO))
        .contains("in 52 = stored 50 + repeated 1 + dead-lettered 1 + missing 0")
        .contains("not yet read 0");
    assertThat(JobRun.output(configFile, "audit", "--hour", HOUR.toString()))
        .contains("in 51 = stored 50 + repeated 1 + dead-lettered 0 + missing 0");
  }

  @Test
  @Order(2)
  void aRowDeletedByHandIsMissing() {
    cql.execute("DELETE FROM " + NAME + ".records WHERE name = 'listener 7'");

    JobRun audit = JobRun.of(configFile, "audit", "--hour", HOUR.toString());

    assertThat(audit.exitCode()).isEqualTo(ExitCode.MISSING.code());
    assertThat(audit.printed())
        .contains("in 51 = stored 49 + repeated 1 + dead-lettered 0 + missing 1")
        .contains("\"listener 7\", " + HOUR.plusMillis(7) + ", \"song\"");
  }

  @Test
  @Order(3)
  void repairStoresItAndMakesItsHourDue() {
    assertThat(due()).isZero();
    assertThat(JobRun.output(configFile, "audit", "--from", FROM, "--to", TO, "--repair"))
        .contains("repaired 1: listens 1, dead letters 0");
    assertThat(due()).isOne();
    assertThat(JobRun.output(configFile, "audit", "--from", FROM, "--to", TO))
        .contains("missing 0");
  }

  @Test
  @Order(4)
  void whatTheStreamHasNotReadIsNotMissing() {
    Topics.send(config.kafka().bootstrapServers(), NAME, List.of(listen(LISTENS)));
    assertThat(JobRun.output(configFile, "audit", "--from", FROM, "--to", TO))
        .contains("in 52 = stored 50 + repeated 1 + dead-lettered 1 + missing 0")
        .contains("not yet read 1");
  }

  @Test
  @Order(5)
  void whatHasLeftTheTopicCannotBeAudited() throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", config.kafka().bootstrapServers()))) {
      Map<TopicPartition, RecordsToDelete> first = new HashMap<>();
      for (int partition = 0; partition < config.kafka().partitions(); partition++) {
        first.put(new TopicPartition(NAME, partition), RecordsToDelete.beforeOffset(-1));
      }
      admin.deleteRecords(first).all().get();
    }
    Topics.send(config.kafka().bootstrapServers(), NAME, List.of(listen(LISTENS + 1)));
    JobRun audit = JobRun.of(configFile, "audit", "--from", FROM, "--to", TO);
    assertThat(audit.exitCode()).isEqualTo(ExitCode.NOT_AUDITABLE.code());
    assertThat(audit.printed()).contains("cannot be audited before");
  }
}
