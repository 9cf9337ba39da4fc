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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
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

/** A listen makes its hour due, however old the hour is. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OldHoursIT {
  private static final String NAME = "oldhours";
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.HOURS);

  private static LocalServers servers;
  private static Path configFile;
  private static PlaylogConfig config;
  private static CqlSession cql;

  @BeforeAll
  static void publishSomeHours() throws IOException, InterruptedException, TimeoutException {
    servers = LocalServers.shared();
    cql = servers.openSession();
    configFile = servers.configFile(NAME, Map.of());
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
    send("Early", hoursAgo(5).plusMillis(1));
    runStream();

    assertThat(publishedAgain()).containsExactly(hoursAgo(5));
    assertThat(published()).containsOnlyKeys(hoursAgo(5), hoursAgo(3));
    assertThat(summaries("Late")).hasSize(1);
  }

  @Test
  @Order(2)
  void soDoesOneOfManyYearsAgo() throws Exception {
    Instant old = Instant.parse("2003-02-01T04:00:00Z");
    send("Very late", old);
    send("Very late", old.plus(Duration.ofDays(4000)));
    runStream();

    assertThat(status().get("hours_due").asInt()).isEqualTo(2);
    assertThat(status().get("oldest_hour_due").asText()).isEqualTo(old.toString());
    assertThat(publishedAgain()).isEmpty();
    assertThat(published()).containsKeys(old, old.plus(Duration.ofDays(4000)));
    assertThat(summaries("Very late")).hasSize(2);
    assertThat(status().get("hours_due").asInt()).isZero();
    assertThat(status().get("last_published_hour").asText()).isEqualTo(hoursAgo(3).toString());
  }

  @Test
  @Order(3)
  void aReplayMakesNothingDueAndCountsNothingAgain() throws Exception {
    try (StreamRun again = StreamRun.startWithoutCheckpoint(config)) {
      again.processAllAvailable();
    }

    assertThat(publishedAgain()).isEmpty();
    assertThat(status().get("listens_stored").asLong()).isEqualTo(5);
    assertThat(status().get("lag").asLong()).isZero();
  }

  @Test
  @Order(4)
  void anUnfinishedReportIsDueAlsoOfAnHourThatNobodyTouched() throws Exception {
    Instant untouched = Instant.parse("2011-05-06T07:00:00Z");
    JobRun.output(configFile, "hourly-summary", "--hour", untouched.toString());
    cql.execute(
        "UPDATE oldhours.report_runs SET state = 'publishing' WHERE day = ? AND hour = ?",
        LocalDate.ofInstant(untouched, ZoneOffset.UTC),
        untouched);

    assertThat(status().get("oldest_hour_due").asText()).isEqualTo(untouched.toString());
    assertThat(publishedAgain()).containsExactly(untouched);
    assertThat(status().get("hours_due").asInt()).isZero();
  }

  @Test
  @Order(5)
  void theNewestComeFirstWithinTheTimeBudget() throws Exception {
    send("Early", hoursAgo(5).plusMillis(2));
    send("Early", hoursAgo(7));
    send("Early", hoursAgo(9));
    runStream();
    Path hurried =
        Files.writeString(
            configFile.resolveSibling("hurried.conf"),
            Files.readString(configFile) + "playlog.report.time-budget = 0 s\n");
    JobRun.output(hurried, "hourly-summary", "--hour", hoursAgo(9).toString(), "--due");

    assertThat(status().get("hours_due").asInt()).isEqualTo(2);
    JobRun.output(hurried, "hourly-summary", "--due");
    assertThat(status().get("newest_hour_due").asText()).isEqualTo(hoursAgo(7).toString());
    JobRun.output(configFile, "hourly-summary", "--due");
    assertThat(status().get("hours_due").asInt()).isZero();
  }
}
