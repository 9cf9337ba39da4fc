package io.playlog.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import io.playlog.cassandra.CassandraSession;
import io.playlog.cassandra.DirectConnection;
import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.JobRun;
import io.playlog.jobs.stream.StreamRun;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenJson;
import io.playlog.store.LargestPartition;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the servers say of themselves while listens are stored. */
class ServerMetricsIT {
  private static final String NAME = "servermetrics";
  private static final Pattern RULE = Pattern.compile("(?m)^    name: (\\w+)$");
  private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(\\{.*})? (\\S+)$");

  private static LocalServers servers;
  private static PlaylogConfig config;

  @BeforeAll
  static void storeListens() throws Exception {
    servers = LocalServers.shared();
    Path configFile = servers.configFile(NAME, Map.of());
    config = PlaylogConfig.load(configFile);
    servers.runProducer(configFile, "create-topics");
    JobRun.output(configFile, "schema");
    try (CqlSession cql = servers.openSession()) {
      // So that what was written comes into files.
      cql.execute("ALTER TABLE servermetrics.records WITH memtable_flush_period_in_ms = 100");
    }
    long now = Instant.now().toEpochMilli();
    Topics.send(
        config.kafka().bootstrapServers(),
        NAME,
        List.of(
            ListenJson.toBytes(new Listen("Ada", "a", now)),
            ListenJson.toBytes(new Listen("Ada", "b", now))));
    try (StreamRun stream = StreamRun.start(config)) {
      stream.processAllAvailable();
    }
  }

  private static String scrape(int port) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/metrics".formatted(port)))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private static String ofKafka() throws Exception {
    return scrape(config.local().kafkaMetricsPort());
  }

  private static String ofCassandra() throws Exception {
    return scrape(config.local().cassandraMetricsPort());
  }

  private static double value(String page, String sample) {
    return SAMPLE
        .matcher(page)
        .results()
        .filter(found -> found.group().startsWith(sample + " "))
        .mapToDouble(found -> Double.parseDouble(found.group(3)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + sample + " in " + page));
  }

  private static void assertHasAllOf(String rules, String page) throws Exception {
    assertThat(
            RULE.matcher(Files.readString(Path.of("../deploy/monitoring/jmx", rules)))
                .results()
                .map(found -> found.group(1)))
        .hasSizeGreaterThan(5)
        .isSubsetOf(SAMPLE.matcher(page).results().map(found -> found.group(1)).toList());
    assertThat(value(page, "jmx_scrape_error")).isZero();
    assertThat(page).contains("\njvm_memory_used_bytes{area=\"heap\"} ");
  }

  @Test
  void kafkaHasAllThatItsRulesName() throws Exception {
    String page = ofKafka();
    assertHasAllOf("kafka.yml", page);
    assertThat(page).doesNotContain("topic=\"__");
    assertThat(value(page, "kafka_topic_received_messages_total{topic=\"servermetrics\"}"))
        .isEqualTo(2);
    assertThat(value(page, "kafka_requests_total{request=\"Produce\"}")).isPositive();
    assertThat(value(page, "kafka_under_replicated_partitions")).isZero();
  }

  @Test
  void cassandraHasAllThatItsRulesName() throws Exception {
    String page = ofCassandra();
    assertHasAllOf("cassandra.yml", page);
    assertThat(page).doesNotContain("keyspace=\"system").doesNotContain("request=\"Read-");
    assertThat(value(page, "cassandra_client_requests_total{request=\"Write\"}")).isPositive();
    assertThat(
            value(
                page,
                "cassandra_client_request_duration_seconds{quantile=\"0.99\",request=\"Write\"}"))
        .isBetween(0.000_01, 60.0);
    assertThat(
            value(
                page, "cassandra_client_request_errors_total{error=\"Failures\",request=\"Read\"}"))
        .isNotNegative();
  }

  @Test
  void theLargestPartitionIsThatOfTheFiles() {
    try (CassandraSession session =
        DirectConnection.open(config.cassandra(), Duration.ofSeconds(30))) {
      LargestPartition largest = new LargestPartition(session);
      // Cassandra's table counts in whole mebibytes, rounded up.
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(largest.read()).hasValue(1 << 20));
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () ->
                  assertThat(
                          value(
                              ofCassandra(),
                              "cassandra_table_largest_partition_bytes{keyspace=\"servermetrics\",table=\"records\"}"))
                      .isBetween(50.0, 10_000.0));
    }
  }
}
