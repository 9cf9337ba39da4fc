package io.playlog.jobs.pipeline;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.JobRun;
import io.playlog.jobs.stream.StreamRun;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Within report.lookback a late listen makes its hour due; beyond it, it is counted. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LateListensIT {
  private static final String NAME = "latelistens";
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.HOURS);

  private static LocalServers servers;
  private static Path configFile;
  private static PlaylogConfig config;
  private static CqlSession cql;

  @BeforeAll
  static void publishSomeHours() throws IOException, InterruptedException, TimeoutException {
    servers = LocalServers.shared();
    cql = servers.openSession();
    configFile = servers.configFile(NAME, Map.of("report.lookback", "6 h"));
    config = PlaylogConfig.load(configFile);
    servers.runProducer(configFile, "create-topics");
    JobRun.output(configFile, "schema");
    send("Early", hoursAgo(5));
    runStream();
    JobRun.output(configFile, "hourly-summary", "--due");
  }

  @AfterAll
  static void closeSession() {
    cql.close();
  }

  private static Instant hoursAgo(int hours) {
    return NOW.minus(Duration.ofHours(hours));
  }

  private static void send(String name, Instant at) {
    byte[] listen = ListenJson.toBytes(new Listen(name, "s", at.toEpochMilli()));
    Topics.send(config.kafka().bootstrapServers(), NAME, List.of(listen));
  }

  private static void runStream() throws TimeoutException {
    try (StreamRun stream = StreamRun.start(config)) {
      stream.processAllAvailable();
    }
  }

  /** Hours with the instant at which they were published last. */
  private static Map<Instant, Instant> published() {
    return cql.execute("SELECT hour, finished_at FROM " + NAME + ".report_runs").all().stream()
        .collect(toMap(row -> row.getInstant("hour"), row -> row.getInstant("finished_at")));
  }

  /** Publishes what is due and returns what of the hours known before was published anew. */
  private static Set<Instant> publishedAgain() {
    Map<Instant, Instant> before = published();
    JobRun.output(configFile, "hourly-summary", "--due");
    Map<Instant, Instant> after = published();
    return before.keySet().stream()
        .filter(hour -> !after.get(hour).equals(before.get(hour)))
        .collect(toSet());
  }

  private static List<Row> summaries(String name) {
    return cql.execute(
            "SELECT hour FROM " + NAME + ".user_hourly_summary WHERE name = '" + name + "'")
        .all();
  }

  private static JsonNode status() throws IOException {
    return new ObjectMapper().readTree(JobRun.output(configFile, "status"));
  }

  @Test
  @Order(1)
  void aLateListenMakesExactlyItsHourDue() throws TimeoutException {
    send("Late", hoursAgo(3));
    runStream();

    assertThat(publishedAgain()).containsExactly(hoursAgo(3));
    assertThat(summaries("Late")).hasSize(1);
  }

  @Test
  @Order(2)
  void oneOlderThanTheLookbackIsStoredAndCountedAndNothingIsPublished() throws Exception {
    send("Too late", hoursAgo(9));
    runStream();

    assertThat(publishedAgain()).isEmpty();
    assertThat(published()).doesNotContainKey(hoursAgo(9));
    assertThat(cql.execute("SELECT * FROM " + NAME + ".records WHERE name = 'Too late'"))
        .hasSize(1);
    assertThat(status().get("late").asLong()).isEqualTo(1);
    assertThat(status().get("listens_stored").asLong()).isEqualTo(3);
    assertThat(status().get("hours_missed")).hasToString("[\"%s\"]".formatted(hoursAgo(9)));
  }

  @Test
  @Order(3)
  void aReplayMakesNothingDueAndCountsNothingTwice() throws Exception {
    try (StreamRun again = StreamRun.startWithoutCheckpoint(config)) {
      again.processAllAvailable();
    }

    assertThat(publishedAgain()).isEmpty();
    assertThat(status().get("late").asLong()).isEqualTo(1);
    assertThat(status().get("listens_stored").asLong()).isEqualTo(3);
  }

  @Test
  @Order(4)
  void itsHourCanBeSummedUpByHand() throws IOException {
    JobRun.output(configFile, "hourly-summary", "--hour", hoursAgo(9).toString());

    assertThat(summaries("Too late")).hasSize(1);
    assertThat(publishedAgain()).isEmpty();
    assertThat(status().get("hours_missed")).isEmpty();
  }
}
