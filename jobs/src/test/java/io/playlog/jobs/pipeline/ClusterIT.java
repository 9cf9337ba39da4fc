package io.playlog.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.datastax.oss.driver.api.core.CqlSession;
import io.playlog.cassandra.CassandraSession;
import io.playlog.cassandra.DirectConnection;
import io.playlog.cli.Json;
import io.playlog.config.PlaylogConfig;
import io.playlog.error.ErrorCode;
import io.playlog.error.ExitCode;
import io.playlog.error.PlaylogException;
import io.playlog.jobs.JobRun;
import io.playlog.jobs.context.JobContext;
import io.playlog.jobs.stream.StreamRun;
import io.playlog.kafka.Topic;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenJson;
import io.playlog.store.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that a Cassandra of somebody's own needs, and one line for those that do not fit it. */
class ClusterIT {
  private final LocalServers servers = LocalServers.shared();

  private static void assertSays(JobRun run, ExitCode exitCode, String... says) {
    assertThat(run.error().lines()).singleElement().asString().contains(says);
    assertThat(run.exitCode()).isEqualTo(exitCode.code());
  }

  @Test
  void anotherDataCentreIsNamedBesideTheOneThatIsThere() throws Exception {
    Path configFile = servers.configFile("dc", Map.of("cassandra.local-datacenter", "dc1"));
    assertSays(
        JobRun.of(configFile, "schema"),
        ExitCode.BAD_INPUT,
        "PL-731: playlog.cassandra.local-datacenter: found dc1, expected that of a Cassandra node,"
            + " which is datacenter1.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          spaced | { 'class' : 'NetworkTopologyStrategy', 'datacenter1' : 1 }
          last   | {'datacenter1': '1', 'class': 'org.apache.cassandra.locator.NetworkTopologyStrategy'}
          ended  | {'replication_factor':'1','class':'SimpleStrategy'}
          """)
  void replicationAsCassandraTakesIt(String name, String replication) throws Exception {
    Path configFile =
        servers.configFile("replication_" + name, Map.of("cassandra.replication", replication));
    JobRun.output(configFile, "schema");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          dc       | {'class': 'NetworkTopologyStrategy', 'dc9': 3}    | dc9
          strategy | {'class': 'SimplestStrategy'}                     | SimplestStrategy
          option   | {'class': 'SimpleStrategy', 'factor': 1}          | factor
          number   | {'class': 'SimpleStrategy', 'replication_factor': 'many'} | many
          """)
  void replicationThatCassandraRefuses(String name, String replication, String says)
      throws Exception {
    Path configFile =
        servers.configFile("refused_" + name, Map.of("cassandra.replication", replication));
    assertSays(
        JobRun.of(configFile, "schema"),
        ExitCode.BAD_INPUT,
        "PL-737: ",
        says,
        "playlog.cassandra.replication");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MixedCase", "table", "1st"})
  void aKeyspaceMayHaveCapitalsOrBeAWordOfCql(String name) throws Exception {
    Path configFile = servers.configFile("named", Map.of("cassandra.keyspace", name));
    servers.runProducer(configFile, "create-topics");
    JobRun.output(configFile, "schema");
    JobRun.output(configFile, "schema");
    JobRun.output(configFile, "status");
    try (CqlSession cql = servers.openSession()) {
      assertThat(
              cql.execute(
                      "SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?", name)
                  .all())
          .extracting(row -> row.getString(0))
          .contains("records", "report_runs");
    }
  }

  @Test
  void moreReplicasThanNodes() throws Exception {
    Path configFile =
        servers.configFile(
            "unavailable",
            Map.of(
                "cassandra.replication", "{'class': 'SimpleStrategy', 'replication_factor': 3}"));
    servers.runProducer(configFile, "create-topics");
    JobRun.output(configFile, "schema");
    assertSays(
        JobRun.of(configFile, "status"),
        ExitCode.UNREACHABLE,
        "PL-735: ",
        "LOCAL_QUORUM (playlog.cassandra.consistency): 2 needed, 1 alive");
  }

  @Test
  void aKeyspaceThatIsNotThere() throws Exception {
    Path configFile = servers.configFile("gone", Map.of());
    assertSays(
        JobRun.of(configFile, "status"),
        ExitCode.NOT_SET_UP,
        "PL-303: Cassandra has no keyspace gone (playlog.cassandra.keyspace): run"
            + " scripts/create-schema.sh");
  }

  @Test
  void rowsThatSayWhatWasDoneMustNotExpire() throws Exception {
    Path configFile = servers.configFile("ttl", Map.of());
    JobRun.output(configFile, "schema");
    try (CqlSession cql = servers.openSession()) {
      for (String statement : statementsOfTheRunbook()) {
        cql.execute(statement.replace("ALTER TABLE ", "ALTER TABLE ttl."));
      }
      JobRun.output(configFile, "schema");
      cql.execute("ALTER TABLE ttl.stream_progress WITH default_time_to_live = 86400");
    }
    assertSays(
        JobRun.of(configFile, "schema"),
        ExitCode.NOT_SET_UP,
        "stream_progress: found default_time_to_live = 86400, expected 0, since its rows must stay");
  }

  private static List<String> statementsOfTheRunbook() throws IOException {
    Matcher block =
        Pattern.compile("(?s)```sql\n(ALTER TABLE records .*?)```")
            .matcher(Files.readString(Path.of("../docs/operations.md")));
    assertThat(block.find()).isTrue();
    return List.of(block.group(1).strip().split(";\\s*"));
  }

  @Test
  void serversWithAddressesOfIpv6() throws Exception {
    try (Forwarder cassandra = new Forwarder(servers.config().local().cassandraPort());
        Forwarder kafka = new Forwarder(servers.config().local().kafkaPort())) {
      Path configFile =
          servers.configFile(
              "ipv6",
              Map.of(
                  "cassandra.contact-points",
                  cassandra.address(),
                  "kafka.bootstrap-servers",
                  kafka.address()));
      servers.runProducer(configFile, "create-topics");
      JobRun.output(configFile, "schema");
      Topics.send(
          kafka.address(),
          "ipv6",
          List.of(ListenJson.toBytes(new Listen("Ada", "s", Instant.now().toEpochMilli()))));
      try (StreamRun stream = StreamRun.start(PlaylogConfig.load(configFile))) {
        stream.processAllAvailable();
      }
      String status = JobRun.output(configFile, "status").strip();
      assertThat(status).contains("\"listens_stored\":1");
      assertThat(statusWithoutSpark(configFile)).isEqualTo(status);
    }
  }

  /** As scripts/status.sh asks. */
  private static String statusWithoutSpark(Path configFile) throws Exception {
    PlaylogConfig config = PlaylogConfig.load(configFile);
    try (CassandraSession session =
            DirectConnection.open(config.cassandra(), Duration.ofSeconds(30));
        Topic topic = Topic.ofListens(config.kafka())) {
      return Json.object(Status.read(session, topic, config.report().grace()).fields());
    }
  }

  @Test
  void aServerThatFallsSilentWhileTheSchemaIsRead() throws Exception {
    try (Forwarder cassandra = new Forwarder(servers.config().local().cassandraPort())) {
      Path configFile =
          servers.configFile(
              "silent",
              Map.of(
                  "cassandra.contact-points",
                  cassandra.address(),
                  "cassandra.spark.\"spark.cassandra.read.timeoutMS\"",
                  2000));
      try (JobContext job = JobContext.openWithoutSchema("test", PlaylogConfig.load(configFile))) {
        cassandra.fallSilent();
        assertThatExceptionOfType(PlaylogException.class)
            .isThrownBy(() -> job.session().keyspaceMetadata())
            .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CASSANDRA_TIMEOUT))
            .withMessageContaining("no schema within 2 s");
      }
    }
  }
}
