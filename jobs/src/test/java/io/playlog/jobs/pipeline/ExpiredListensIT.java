package io.playlog.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.playlog.config.PlaylogConfig;
import io.playlog.error.ExitCode;
import io.playlog.jobs.JobRun;
import io.playlog.jobs.stream.StreamRun;
import io.playlog.listen.Hour;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenJson;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A history that an operator has bounded: listens whose rows expire, and what is made of them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExpiredListensIT {
  private static final String NAME = "expired";
  private static final Instant HOUR = Hour.of(Instant.now().minus(Duration.ofHours(2))).start();

  private static CqlSession cql;
  private static Path configFile;
  private static PlaylogConfig config;

  private static byte[] listen(String name, String song) {
    return ListenJson.toBytes(new Listen(name, song, HOUR.toEpochMilli()));
  }

  @BeforeAll
  static void publishAnHour() throws Exception {
    LocalServers servers = LocalServers.shared();
    configFile = servers.configFile(NAME, Map.of());
    config = PlaylogConfig.load(configFile);
    cql = servers.openSession();
    servers.runProducer(configFile, "create-topics");
    JobRun.output(configFile, "schema");
    store(listen("Ada", "a"), listen("Ada", "b"), listen("Zoë", "a"));
    JobRun.output(configFile, "hourly-summary", "--hour", HOUR.toString());
  }

  @AfterAll
  static void close() {
    cql.close();
  }

  private static void store(byte[]... messages) throws Exception {
    Topics.send(config.kafka().bootstrapServers(), NAME, List.of(messages));
    try (StreamRun stream = StreamRun.start(config)) {
      stream.processAllAvailable();
    }
  }

  private static void timeToLive(Duration duration) {
    Stream.of("records", "listeners_by_hour", "listeners")
        .forEach(
            table ->
                cql.execute(
                    "ALTER TABLE expired.%s WITH default_time_to_live = %d"
                        .formatted(table, duration.toSeconds())));
  }

  /** As Cassandra leaves it: no row, and no trace of when it was written. */
  private static void expire(String name, String song) {
    cql.execute(
        "DELETE FROM expired.records WHERE name = ? AND event_time = ? AND song_name = ?",
        name,
        HOUR,
        song);
  }

  private static JobRun audit(String... more) {
    String[] arguments =
        Stream.concat(Stream.of("--hour", HOUR.toString()), Stream.of(more)).toArray(String[]::new);
    return JobRun.of(configFile, "audit", arguments);
  }

  private static void assertSays(JobRun run, ExitCode exitCode, String... lines) {
    assertThat(run.printed().lines()).contains(lines);
    assertThat(run.exitCode()).isEqualTo(exitCode.code());
  }

  private static Map<String, Integer> summaries() {
    return Map.of("Ada", listened("Ada"), "Zoë", listened("Zoë"));
  }

  private static int listened(String name) {
    return cql.execute(
            "SELECT songs_listened FROM expired.user_hourly_summary WHERE name = ? AND hour = ?",
            name,
            HOUR)
        .one()
        .getInt(0);
  }

  private static Map<String, Long> plays() {
    return cql
        .execute("SELECT song_name, plays FROM expired.songs_by_hour WHERE hour = ?", HOUR)
        .all()
        .stream()
        .collect(Collectors.toMap(row -> row.getString(0), row -> row.getLong(1)));
  }

  private static Row run() {
    return cql.execute(
            "SELECT state, listens, listeners FROM expired.report_runs WHERE day = ? AND hour = ?",
            LocalDate.ofInstant(HOUR, ZoneOffset.UTC),
            HOUR)
        .one();
  }

  @Test
  @Order(1)
  void aMissingRowThatIsYoungerThanTheTimeToLiveIsMissing() {
    timeToLive(Duration.ofDays(1));
    expire("Ada", "b");
    assertSays(
        audit(),
        ExitCode.MISSING,
        "in 3 = stored 2 + repeated 0 + dead-lettered 0 + missing 1 + expired 0");
    assertSays(audit("--repair"), ExitCode.OK, "repaired 1: listens 1, dead letters 0");
    assertSays(
        audit(),
        ExitCode.OK,
        "in 3 = stored 3 + repeated 0 + dead-lettered 0 + missing 0 + expired 0");
  }

  @Test
  @Order(2)
  void anOlderOneHasExpiredAndIsNotStoredAgain() {
    timeToLive(Duration.ofSeconds(1));
    expire("Ada", "b");
    expire("Zoë", "a");
    assertSays(
        audit("--repair"),
        ExitCode.OK,
        "in 3 = stored 1 + repeated 0 + dead-lettered 0 + missing 0 + expired 2");
    assertThat(cql.execute("SELECT * FROM expired.records").all()).hasSize(1);
  }

  @Test
  @Order(3)
  void aReportLeavesWhatSaysMoreThanIsLeft() {
    JobRun.output(configFile, "hourly-summary", "--hour", HOUR.toString());

    assertThat(summaries()).isEqualTo(Map.of("Ada", 2, "Zoë", 1));
    assertThat(plays()).isEqualTo(Map.of("a", 2L, "b", 1L));
    assertThat(run().getString("state")).isEqualTo("complete");
    assertThat(run().getLong("listens")).isEqualTo(3);
    assertThat(run().getInt("listeners")).isEqualTo(2);
  }

  /** Really expired: by Cassandra. */
  @Test
  @Order(4)
  void whatTheStreamStoresExpires() throws Exception {
    store(listen("Zoë", "c"));
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> cql.execute("SELECT * FROM expired.records WHERE name = 'Zoë'").all().isEmpty());
    assertSays(
        audit(),
        ExitCode.OK,
        "in 4 = stored 1 + repeated 0 + dead-lettered 0 + missing 0 + expired 3");
  }

  @Test
  @Order(5)
  void withTimestampsOfProducersItCannotBeToldAndTheRepairLeavesThem() throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", config.kafka().bootstrapServers()))) {
      Topics.alter(admin, NAME, "message.timestamp.type", "CreateTime");
    }
    assertSays(
        audit("--repair"),
        ExitCode.MISSING,
        "in 4 = stored 1 + repeated 0 + dead-lettered 0 + missing 3",
        "listens expire after 1 s, but topic expired has message.timestamp.type=CreateTime:"
            + " expired ones count as missing, and --repair stores none that is as old",
        "repaired 0: listens 0, dead letters 0");
  }
}
