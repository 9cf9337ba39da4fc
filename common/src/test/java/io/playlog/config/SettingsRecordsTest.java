package io.playlog.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every section: what reference.conf says, and that a changed value of every key is taken. */
class SettingsRecordsTest {
  @TempDir private static Path folder;

  record Case(String section, Record shipped, List<String> changes, Record changed) {
    @Override
    public String toString() {
      return section;
    }
  }

  static Stream<Case> sections() {
    return Stream.of(
        kafka(),
        cassandra(),
        catalogue(),
        producer(),
        stream(),
        report(),
        spark(),
        web(),
        security(),
        local());
  }

  @ParameterizedTest
  @MethodSource("sections")
  void shippedValues(Case section) {
    PlaylogConfig config = PlaylogConfig.load(ShippedConfig.with(folder));

    assertThat(value(config, section.section())).isEqualTo(section.shipped());
  }

  @ParameterizedTest
  @MethodSource("sections")
  void everyKeyChanged(Case section) {
    String[] lines =
        section.changes().stream()
            .map(line -> "playlog." + section.section() + "." + line)
            .toArray(String[]::new);

    Record changed =
        (Record) value(PlaylogConfig.load(ShippedConfig.with(folder, lines)), section.section());

    assertThat(changed).isEqualTo(section.changed());
    for (RecordComponent key : changed.getClass().getRecordComponents()) {
      assertThat(value(changed, key.getName()))
          .as(key.getName())
          .isNotEqualTo(value(section.shipped(), key.getName()));
    }
  }

  @Test
  void noSectionIsLeftOut() {
    assertThat(Stream.of(PlaylogConfig.class.getRecordComponents()).map(RecordComponent::getName))
        .containsExactlyElementsOf(sections().map(Case::section).toList());
  }

  private static Object value(Record settings, String component) {
    try {
      return settings.getClass().getDeclaredMethod(component).invoke(settings);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Case kafka() {
    return new Case(
        "kafka",
        new KafkaSettings(
            "127.0.0.1:29092",
            "spotify",
            "spotify.dead-letters",
            4,
            (short) 1,
            Duration.ofDays(7),
            Duration.ofDays(30),
            Map.of()),
        List.of(
            "bootstrap-servers = \"one.example:9092, two.example:9093\"",
            "topic = listens",
            "dead-letter-topic = rejected",
            "partitions = 12",
            "replication-factor = 3",
            "retention = 36 h",
            "dead-letter-retention = 90 d",
            "properties { linger.ms = 5 }"),
        new KafkaSettings(
            "one.example:9092, two.example:9093",
            "listens",
            "rejected",
            12,
            (short) 3,
            Duration.ofHours(36),
            Duration.ofDays(90),
            Map.of("linger.ms", "5")));
  }

  private static Case cassandra() {
    return new Case(
        "cassandra",
        new CassandraSettings(
            "127.0.0.1:9042",
            "datacenter1",
            "spotify",
            "{'class': 'SimpleStrategy', 'replication_factor': 1}",
            "LOCAL_QUORUM",
            Map.of(),
            true),
        List.of(
            "contact-points = \"one.example,two.example:9043\"",
            "local-datacenter = dc1",
            "keyspace = listens_2",
            "replication = \"{'class': 'NetworkTopologyStrategy', 'dc1': 3}\"",
            "consistency = EACH_QUORUM",
            "spark { spark.cassandra.auth { username = playlog, password = secret } }",
            "verify-host-name = false"),
        new CassandraSettings(
            "one.example,two.example:9043",
            "dc1",
            "listens_2",
            "{'class': 'NetworkTopologyStrategy', 'dc1': 3}",
            "EACH_QUORUM",
            Map.of(
                "spark.cassandra.auth.username",
                "playlog",
                "spark.cassandra.auth.password",
                "secret"),
            false));
  }

  private static Case catalogue() {
    return new Case(
        "catalogue",
        new CatalogueSettings(folder.resolve("data/spotify-songs.csv")),
        List.of("path = /srv/songs.csv"),
        new CatalogueSettings(Path.of("/srv/songs.csv")));
  }

  private static Case producer() {
    return new Case(
        "producer",
        new ProducerSettings(60, "Ada Lovelace", Duration.ofSeconds(5), 7, "lz4"),
        List.of(
            "listeners = 0",
            "named-listener = Zoë",
            "interval = 1 ms",
            "seed = -9223372036854775808",
            "compression = gzip"),
        new ProducerSettings(0, "Zoë", Duration.ofMillis(1), Long.MIN_VALUE, "gzip"));
  }

  private static Case stream() {
    return new Case(
        "stream",
        new StreamSettings(
            folder.resolve("var/checkpoint").toString(),
            Duration.ofSeconds(30),
            "playlog-stream",
            Duration.ofMillis(250),
            200,
            Duration.ofMillis(950),
            200_000,
            100,
            4096,
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            "127.0.0.1",
            8091),
        List.of(
            "checkpoint = \"hdfs://name.example/checkpoint\"",
            "lease-duration = 3 s",
            "consumer-group = stored",
            "trigger-interval = 500 ms",
            "min-offsets-per-trigger = 1",
            "max-trigger-delay = 0 s",
            "max-offsets-per-trigger = 2147483647",
            "rows-per-write = 1",
            "rows-in-flight = 8192",
            "stop-timeout = 0 s",
            "stall-timeout = 10 s",
            "metrics-host = \"0.0.0.0\"",
            "metrics-port = 81"),
        new StreamSettings(
            "hdfs://name.example/checkpoint",
            Duration.ofSeconds(3),
            "stored",
            Duration.ofMillis(500),
            1,
            Duration.ZERO,
            Integer.MAX_VALUE,
            1,
            8192,
            Duration.ZERO,
            Duration.ofSeconds(10),
            "0.0.0.0",
            81));
  }

  private static Case report() {
    return new Case(
        "report",
        new ReportSettings(
            Duration.ofMinutes(1), Duration.ofMinutes(15), Duration.ofMinutes(30), 64),
        List.of("grace = 0 s", "gate-timeout = 1 h", "time-budget = 1 h", "reads-in-flight = 1"),
        new ReportSettings(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(1), 1));
  }

  private static Case spark() {
    return new Case(
        "spark",
        new SparkSettings(
            "",
            "local[2,4]",
            "1200m",
            "800m",
            2,
            2,
            "1g",
            "1g",
            Duration.ofMinutes(2),
            4040,
            Map.of(),
            Map.of()),
        List.of(
            "home = ../spark",
            "master = \"spark://one.example:7077\"",
            "stream-memory = 4g",
            "report-memory = 2g",
            "stream-cores = 16",
            "report-cores = 8",
            "stream-executor-memory = 3g",
            "report-executor-memory = 1500m",
            "resources-timeout = 1 s",
            "ui-port = 65535",
            "stream-conf { spark.cores.max = 2 }",
            "job-conf { \"spark.executor.memory\" = 1g }"),
        new SparkSettings(
            folder.resolve("spark").toString(),
            "spark://one.example:7077",
            "4g",
            "2g",
            16,
            8,
            "3g",
            "1500m",
            Duration.ofSeconds(1),
            65_535,
            Map.of("spark.cores.max", "2"),
            Map.of("spark.executor.memory", "1g")));
  }

  private static Case web() {
    return new Case(
        "web",
        new WebSettings(
            "127.0.0.1",
            8090,
            Map.of(),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            "256m",
            new SubmissionSettings(50, Duration.ofSeconds(10), 250, Duration.ofSeconds(8))),
        List.of(
            "host = \"0.0.0.0\"",
            "port = 80",
            "login { user = ada, password = x }",
            "sample-interval = 1 m",
            "request-timeout = 3 s",
            "memory = 1g",
            "submission.rate-limit = 1",
            "submission.rate-window = 1 m",
            "submission.requests-in-flight = 1000",
            "submission.acknowledgement-timeout = 1 s"),
        new WebSettings(
            "0.0.0.0",
            80,
            Map.of("user", "ada", "password", "x"),
            Duration.ofMinutes(1),
            Duration.ofSeconds(3),
            "1g",
            new SubmissionSettings(1, Duration.ofMinutes(1), 1_000, Duration.ofSeconds(1))));
  }

  private static Case security() {
    return new Case(
        "security",
        new SecuritySettings(""),
        List.of("folder = ../logins"),
        new SecuritySettings(folder.resolve("logins").toString()));
  }

  private static Case local() {
    return new Case(
        "local",
        new LocalSettings(
            1,
            false,
            folder.resolve("var"),
            29_092,
            29_093,
            8092,
            "512m",
            9042,
            7000,
            8093,
            "1200m",
            7077,
            8094,
            7078,
            8095,
            6,
            "4g",
            8080,
            Duration.ofHours(2)),
        List.of(
            "nodes = 3",
            "secure = true",
            "dir = ../elsewhere",
            "kafka-port = 1",
            "kafka-controller-port = 2",
            "kafka-metrics-port = 6",
            "kafka-memory = 1g",
            "cassandra-port = 3",
            "cassandra-storage-port = 4",
            "cassandra-metrics-port = 7",
            "cassandra-memory = 2g",
            "spark-master-port = 8",
            "spark-master-ui-port = 9",
            "spark-worker-port = 10",
            "spark-worker-ui-port = 11",
            "worker-cores = 1",
            "worker-memory = 512m",
            "airflow-port = 5",
            "history = 30 m"),
        new LocalSettings(
            3,
            true,
            folder.resolve("elsewhere"),
            1,
            2,
            6,
            "1g",
            3,
            4,
            7,
            "2g",
            8,
            9,
            10,
            11,
            1,
            "512m",
            5,
            Duration.ofMinutes(30)));
  }
}
