package io.playlog.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaylogConfigTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "s3a://bucket/checkpoint, s3a://bucket/checkpoint",
    "hdfs:///checkpoint, hdfs:///checkpoint",
    "file:/srv/../checkpoint, file:/srv/../checkpoint",
    "/srv/./checkpoint, /srv/checkpoint"
  })
  void checkpointThatIsNotRelativeIsKept(String written, String expected) {
    assertThat(load("playlog.stream.checkpoint = \"" + written + "\"").stream().checkpoint())
        .isEqualTo(expected);
  }

  @Test
  void checkpointFollowsTheLocalFolder() {
    assertThat(load("playlog.local.dir = ../elsewhere").stream().checkpoint())
        .isEqualTo(folder.resolve("elsewhere/checkpoint").toString());
  }

  @Test
  void bundledServersAreUsedWhereverTheirPortsAre() {
    PlaylogConfig config = load("playlog.local { kafka-port = 1, cassandra-port = 2 }");

    assertThat(config.kafka().bootstrapServers()).isEqualTo("127.0.0.1:1");
    assertThat(config.cassandra().contactPoints()).isEqualTo("127.0.0.1:2");
    assertThat(config.kafkaIsBundled()).isTrue();
    assertThat(config.cassandraIsBundled()).isTrue();
  }

  @Test
  void threeNodesAreReachedOnTheSamePortsAndKeepCopies() {
    Path file =
        ShippedConfig.with(
            folder,
            "playlog.local { nodes = 3, kafka-port = 1, cassandra-port = 2, spark-master-port = 3 }");
    PlaylogConfig config = PlaylogConfig.load(file);

    assertThat(config.kafka().bootstrapServers()).isEqualTo("127.0.0.1:1,127.0.0.2:1,127.0.0.3:1");
    assertThat(config.kafka().replicationFactor()).isEqualTo((short) 3);
    assertThat(config.cassandra().contactPoints()).isEqualTo("127.0.0.1:2,127.0.0.2:2,127.0.0.3:2");
    assertThat(config.cassandra().replication())
        .isEqualTo("{'class': 'SimpleStrategy', 'replication_factor': 3}");
    assertThat(config.spark().master()).isEqualTo("spark://127.0.0.1:3");
    assertThat(config.kafkaIsBundled()).isTrue();
    assertThat(config.cassandraIsBundled()).isTrue();
    assertThat(config.sparkIsBundled()).isTrue();
    assertThat(ResolvedSettings.origins(file))
        .containsEntry("kafka.replication-factor", "default of 3 nodes")
        .containsEntry("kafka.partitions", "default");
  }

  @Test
  void whatAnOperatorSetsCountsBeforeTheDefaultsOfThreeNodes() {
    PlaylogConfig config =
        load(
            "playlog { local.nodes = 3, kafka.replication-factor = 2, spark.master = \"local[4]\" }");

    assertThat(config.kafka().replicationFactor()).isEqualTo((short) 2);
    assertThat(config.kafkaIsBundled()).isTrue();
    assertThat(config.sparkIsBundled()).isFalse();
  }

  @Test
  void membersHaveFoldersOfTheirOwnAndASingleOneThatOfItsServer() {
    LocalSettings one = load().local();
    LocalSettings three = load("playlog.local.nodes = 3").local();

    assertThat(one.dir("kafka", 1)).isEqualTo(one.dir().resolve("kafka"));
    assertThat(three.dir("kafka", 1)).isEqualTo(three.dir().resolve("kafka-1"));
    assertThat(three.dir("cassandra", 3)).isEqualTo(three.dir().resolve("cassandra-3"));
  }

  @Test
  void clusterOfOnesOwnSwitchesOneBundledServerOff() {
    PlaylogConfig kafka = load("playlog.kafka.bootstrap-servers = \"kafka.example:29092\"");
    PlaylogConfig cassandra = load("playlog.cassandra.contact-points = \"127.0.0.1\"");

    assertThat(kafka.kafkaIsBundled()).isFalse();
    assertThat(kafka.cassandraIsBundled()).isTrue();
    assertThat(cassandra.kafkaIsBundled()).isTrue();
    assertThat(cassandra.cassandraIsBundled()).isFalse();
  }

  @Test
  void addressesMayBeNamesAndIpv6() {
    String addresses = "[::1]:9092, [fe80::1]:1, one.example:65535";
    PlaylogConfig config =
        load(
            "playlog.kafka.bootstrap-servers = \"" + addresses + "\"",
            "playlog.cassandra.contact-points = \"[::1], one.example, [::1]:9042\"");

    assertThat(config.kafka().bootstrapServers()).isEqualTo(addresses);
    assertThat(config.cassandra().contactPoints()).isEqualTo("[::1], one.example, [::1]:9042");
  }

  @Test
  void whatTheShippedFileSuggestsCanBeUsed() throws IOException {
    List<String> suggested =
        ShippedConfig.lines().stream()
            .map(line -> line.replaceFirst("^  # (?=[a-z-]+\\.[a-z-]+ [={])", "  "))
            // A variable that its reader sets, by one that is set everywhere.
            .map(line -> line.replaceFirst("\\$\\{[A-Z_]+}", "\\${PATH}"))
            .toList();
    assertThat(suggested).isNotEqualTo(ShippedConfig.lines());

    Path file = Files.write(folder.resolve("suggested.conf"), suggested);
    Map<String, Object> defaults = ResolvedSettings.of(load());
    Map<String, Object> settings = ResolvedSettings.of(PlaylogConfig.load(file));

    assertThat(settings.keySet()).containsAll(defaults.keySet());
    assertThat(
            settings.entrySet().stream().filter(setting -> !defaults.entrySet().contains(setting)))
        .as("what is suggested and is not the default")
        .hasSizeGreaterThan(10);
  }

  /** The Cassandra driver resolves every reference.conf of the class path together. */
  @Test
  void theDefaultsResolveInTheGlobalConfiguration() {
    assertThat(ConfigFactory.load().getString("playlog.kafka.bootstrap-servers"))
        .isEqualTo("127.0.0.1:29092");
  }

  @Test
  void propertiesKeepTheirFullNamesAndTheirText() {
    PlaylogConfig config =
        load(
            "playlog.kafka.properties {",
            "  security.protocol = SASL_SSL",
            "  \"sasl.mechanism\" = PLAIN",
            "  sasl { login { \"callback.class\" = C }, password = 007 }",
            "  ratio = 1.10",
            "  enable.idempotence = true",
            "}");

    assertThat(config.kafka().properties())
        .containsOnly(
            entry("security.protocol", "SASL_SSL"),
            entry("sasl.mechanism", "PLAIN"),
            entry("sasl.login.callback.class", "C"),
            entry("sasl.password", "007"),
            entry("ratio", "1.10"),
            entry("enable.idempotence", "true"));
  }

  @Test
  void replicationMayBeASection() {
    Path file =
        ShippedConfig.with(
            folder,
            "playlog.cassandra.replication { dc1 = 3, class = NetworkTopologyStrategy, \"dc.2\" = \"1\" }");

    assertThat(PlaylogConfig.load(file).cassandra().replication())
        .isEqualTo("{'class': 'NetworkTopologyStrategy', 'dc.2': '1', 'dc1': '3'}");
    assertThat(ResolvedSettings.origins(file).get("cassandra.replication"))
        .isEqualTo(file + ": " + ShippedConfig.addedLine());
  }

  /** To HOCON it is a section, whose keys and texts have quotes. */
  @Test
  void replicationMayBeAMapThatIsNotPutIntoQuotes() {
    assertThat(
            load("playlog.cassandra.replication = {'class': 'SimpleStrategy', 'dc1': 3}")
                .cassandra()
                .replication())
        .isEqualTo("{'class': 'SimpleStrategy', 'dc1': '3'}");
  }

  @Test
  void whatIsIncludedCounts() throws IOException {
    Path more = Files.createDirectories(folder.resolve("conf/more"));
    Files.writeString(more.resolve("site.conf"), "include \"topic\"\ncatalogue.path = a.csv");
    Files.writeString(more.resolve("topic.conf"), "kafka.topic = included");

    PlaylogConfig config = load("playlog { include \"more/site.conf\" }");

    assertThat(config.kafka().topic()).isEqualTo("included");
    assertThat(config.catalogue().path()).isEqualTo(folder.resolve("conf/a.csv"));
  }

  @Test
  void homeIsTheFolderOfWhoRunsIt() {
    PlaylogConfig config =
        load(
            "playlog.local.dir = \"~/playlog-data\"",
            "playlog.catalogue.path = \"~/a/../songs.csv\"",
            "playlog.spark.home = \"~\"");
    Path home = Path.of(System.getenv().getOrDefault("HOME", System.getProperty("user.home")));

    assertThat(config.local().dir()).isEqualTo(home.resolve("playlog-data"));
    assertThat(config.stream().checkpoint()).isEqualTo(home + "/playlog-data/checkpoint");
    assertThat(config.catalogue().path()).isEqualTo(home.resolve("songs.csv"));
    assertThat(config.spark().home()).isEqualTo(home.toString());
  }

  private PlaylogConfig load(String... added) {
    return PlaylogConfig.load(ShippedConfig.with(folder, added));
  }
}
