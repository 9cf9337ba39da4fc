package io.playlog.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.config.SecurityFolder;
import io.playlog.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever secured servers refuse is said in one line, with its exit code, without a stack trace
 * and within a bounded time; and nobody whose certificate is false is told anything.
 */
class RefusalsIT {
  private static final String JAAS = "kafka.properties.sasl.jaas.config";
  private static final String KAFKA = "kafka.properties.";
  private static final String CASSANDRA = "cassandra.spark.spark.cassandra.";

  /** Besides that of the refusal: the settings, the catalogue, or what a job has begun. */
  private static final int MOST_LINES = 5;

  /** In a quiet hour 15; this machine does other things, too. */
  private static final Duration MOST_TIME = Duration.ofSeconds(60);

  private static SecuredServers servers;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    servers = SecuredServers.start();
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  /** What a program says, and how it ends. */
  private record Outcome(List<String> lines, int exitCode) {}

  private static Outcome run(String what, Path config, String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(JobProcess.JAVA));
    if (program.equals("jobs")) {
      command.addAll(JobProcess.OF_SPARK);
      command.addAll(List.of("-Xmx600m", "-Dspark.master=local[1]", "-Dspark.ui.enabled=false"));
      command.addAll(List.of("-cp", JobProcess.CLASS_PATH, "io.playlog.jobs.Main"));
    } else {
      command.addAll(
          List.of(
              "-jar",
              ServerProcesses.ROOT.resolve(program + "/target/" + program + ".jar").toString()));
    }
    command.addAll(List.of(arguments));
    command.addAll(List.of("--config", config.toString()));
    Path said = Files.createTempFile(servers.folder(), "refusal", ".log");
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    if (!process.waitFor(MOST_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("It does not end: " + Files.readAllLines(said));
    }
    List<String> lines = Files.readAllLines(said);
    // The table of docs/refusals.md is made of these.
    System.out.printf(
        "refusal: %s: %s %s: exit code %d in %.1f s, %d lines: %s%n",
        what,
        program,
        String.join(" ", arguments),
        process.exitValue(),
        (System.nanoTime() - start) / 1e9,
        lines.size(),
        lines.isEmpty() ? "" : lines.get(lines.size() - 1));
    return new Outcome(lines, process.exitValue());
  }

  private static void assertRefused(Outcome outcome, ErrorCode code, String... words) {
    assertThat(outcome.lines())
        .as("its lines")
        .hasSizeLessThanOrEqualTo(MOST_LINES)
        .noneMatch(line -> line.matches("\\s+at .*|Caused by: .*|.*\\bException in thread.*"));
    assertThat(outcome.lines().get(outcome.lines().size() - 1))
        .startsWith(code.id() + ": ")
        .contains(words);
    assertThat(outcome.lines().stream().filter(line -> line.startsWith("PL-"))).hasSize(1);
    assertThat(outcome.exitCode()).isEqualTo(code.exitCode().code());
  }

  private static Arguments row(
      String what,
      String role,
      Map<String, String> changed,
      String command,
      ErrorCode code,
      String... words) {
    return Arguments.of(what, role, changed, command, code, words);
  }

  private static Stream<Arguments> logins() {
    return Stream.of(
        row(
            "Kafka, wrong password",
            "status",
            Map.of(JAAS, SecurityFolder.scramLogin("playlog_status", "wrong")),
            "producer create-topics",
            ErrorCode.KAFKA_LOGIN,
            "does not let us in",
            "invalid credentials"),
        row(
            "Kafka, no such user",
            "status",
            Map.of(JAAS, SecurityFolder.scramLogin("nobody", "wrong")),
            "producer create-topics",
            ErrorCode.KAFKA_LOGIN,
            "does not let us in"),
        row(
            "Kafka, wrong password",
            "stream",
            Map.of(JAAS, SecurityFolder.scramLogin("playlog_stream", "wrong")),
            "jobs stream",
            ErrorCode.KAFKA_LOGIN,
            "does not let us in"),
        row(
            "Cassandra, wrong password",
            "status",
            Map.of(CASSANDRA + "auth.password", "wrong"),
            "jobs status",
            ErrorCode.CASSANDRA_LOGIN,
            "does not let us in"),
        row(
            "Cassandra, no such user",
            "status",
            Map.of(CASSANDRA + "auth.username", "nobody"),
            "web status",
            ErrorCode.CASSANDRA_LOGIN,
            "does not let us in"),
        row(
            "Kafka, empty password",
            "status",
            Map.of(JAAS, SecurityFolder.scramLogin("playlog_status", "")),
            "jobs stream",
            ErrorCode.BAD_SETTINGS,
            "playlog.kafka.properties.sasl.jaas.config",
            "found no password"),
        row(
            "Cassandra, empty password",
            "status",
            Map.of(CASSANDRA + "auth.password", ""),
            "jobs status",
            ErrorCode.BAD_SETTINGS,
            "playlog.cassandra.spark.spark.cassandra.auth.password",
            "found nothing"));
  }

  private static Stream<Arguments> certificatesAndPorts() {
    return Stream.of(
        row(
            "Kafka, plain text against TLS",
            "status",
            Map.of(KAFKA + "security.protocol", "PLAINTEXT"),
            "producer create-topics",
            ErrorCode.KAFKA_UNREACHABLE,
            "expects TLS"),
        row(
            "Kafka, plain text against TLS",
            "stream",
            Map.of(KAFKA + "security.protocol", "SASL_PLAINTEXT"),
            "jobs stream",
            ErrorCode.KAFKA_UNREACHABLE,
            "expects TLS"),
        row(
            "Cassandra, plain text against TLS",
            "status",
            Map.of(CASSANDRA + "connection.ssl.enabled", "false"),
            "jobs status",
            ErrorCode.CASSANDRA_UNREACHABLE,
            "Does it expect TLS"),
        row(
            "Kafka, no trust store there",
            "stream",
            Map.of(KAFKA + "ssl.truststore.location", "/gone/trust.p12"),
            "jobs stream",
            ErrorCode.BAD_SETTINGS,
            "playlog.kafka.properties.ssl.truststore.location: the store /gone/trust.p12 is not there"),
        row(
            "Kafka, wrong password of the trust store",
            "stream",
            Map.of(
                KAFKA + "ssl.truststore.location",
                "SECURITY/kafka.p12",
                KAFKA + "ssl.truststore.password",
                "wrong"),
            "producer create-topics",
            ErrorCode.BAD_SETTINGS,
            "playlog.kafka.properties.ssl.truststore.password",
            "is not opened by this password"),
        row(
            "Cassandra, no trust store there",
            "status",
            Map.of(CASSANDRA + "connection.ssl.trustStore.path", "/gone/trust.p12"),
            "jobs status",
            ErrorCode.BAD_SETTINGS,
            "ssl.trustStore.path: the store /gone/trust.p12 is not there"));
  }

  private static Stream<Arguments> permissions() {
    return Stream.of(
        row(
            "no Write on the topic",
            "audit",
            Map.of(),
            "producer --count 5",
            ErrorCode.KAFKA_PERMISSION,
            "refuses Write on the topic spotify"),
        row(
            "no DescribeConfigs on the topic",
            "status",
            Map.of(),
            "producer --count 5",
            ErrorCode.KAFKA_PERMISSION,
            "refuses DescribeConfigs on the topic spotify"),
        row(
            "no Read on the topic",
            "producer",
            Map.of(),
            "jobs stream",
            ErrorCode.KAFKA_PERMISSION,
            "refuses Read on the topic spotify"),
        row(
            "no Read on the group",
            "stream",
            Map.of("stream.consumer-group", "another"),
            "jobs stream",
            ErrorCode.KAFKA_PERMISSION,
            "refuses Read on the group another"),
        row(
            "no Create on a topic",
            "stream",
            Map.of("kafka.topic", "another"),
            "producer create-topics",
            ErrorCode.KAFKA_PERMISSION,
            "on the topic another"),
        row(
            "no right on the dead letters",
            "stream",
            Map.of("kafka.dead-letter-topic", "another"),
            "jobs stream",
            ErrorCode.KAFKA_PERMISSION,
            "on the topic another"),
        row(
            "no SELECT on a table",
            "export",
            Map.of(),
            "jobs status",
            ErrorCode.CASSANDRA_PERMISSION,
            "has no SELECT permission on <table spotify.",
            "GRANT SELECT ON TABLE spotify."),
        row(
            "no MODIFY on a table",
            "audit",
            Map.of(),
            "jobs skip-unreadable --partition 0 --offset 0",
            ErrorCode.CASSANDRA_PERMISSION,
            "GRANT MODIFY ON TABLE spotify.skipped_offsets TO playlog_audit"));
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource({"logins", "certificatesAndPorts", "permissions"})
  void isOneLine(
      String what,
      String role,
      Map<String, String> changed,
      String command,
      ErrorCode code,
      String... words)
      throws Exception {
    Path config = servers.client(role, changed);

    Outcome outcome = run(what, config, command);

    assertRefused(outcome, code, words);
  }

  private static Outcome run(String what, Path config, String command)
      throws IOException, InterruptedException {
    String[] parts = command.split(" ");
    return run(
        what, config, parts[0], List.of(parts).subList(1, parts.length).toArray(String[]::new));
  }

  /** The stream finds it before Spark starts, though no message waits. */
  @Test
  void theStreamTriesItsRightsBeforeItsFirstBatch() throws Exception {
    Map<String, String> login = new LinkedHashMap<>();
    login.put(CASSANDRA + "auth.username", "playlog_status");
    login.put(CASSANDRA + "auth.password", servers.password("status"));
    Path config = servers.client("stream", login);

    Outcome outcome = run("no right on tables", config, "jobs", "stream");

    assertRefused(
        outcome,
        ErrorCode.CASSANDRA_PERMISSION,
        "GRANT SELECT ON TABLE spotify.forgotten TO playlog_status");
  }

  private static Stream<Arguments> falseCertificates() {
    return Stream.of(
        Arguments.of(
            "others", "127.0.0.1", 1, "of an authority that the trust store does not have"),
        Arguments.of("security", "elsewhere.example", 1, "of another host"),
        Arguments.of("security", "127.0.0.1", -1, "has expired"));
  }

  @ParameterizedTest(name = "{3}")
  @MethodSource("falseCertificates")
  void whoShowsAFalseCertificateIsToldNothing(
      String authority, String host, int days, String reason) throws Exception {
    Path folder = servers.folder().resolve(authority);
    Path store = servers.certificate(folder, "false" + days, host, days);
    String password = Files.readString(folder.resolve("stores.password")).strip();
    try (Impostor impostor = Impostor.start(store, password)) {
      String address = "127.0.0.1:" + impostor.port();
      Path ofKafka = servers.client("status", Map.of("kafka.bootstrap-servers", address));
      Path ofCassandra = servers.client("status", Map.of("cassandra.contact-points", address));

      assertRefused(run(reason, ofKafka, "producer create-topics"), ErrorCode.KAFKA_LOGIN, reason);
      assertRefused(run(reason, ofKafka, "jobs stream"), ErrorCode.KAFKA_LOGIN, reason);
      assertRefused(
          run(reason, ofCassandra, "jobs status"), ErrorCode.CASSANDRA_UNREACHABLE, reason);
      assertRefused(
          run(reason, ofCassandra, "web status"), ErrorCode.CASSANDRA_UNREACHABLE, reason);

      assertThat(impostor.connections()).isGreaterThanOrEqualTo(4);
      assertThat(impostor.told()).isZero();
    }
  }

  /**
   * With the JDK's own ciphers and TLS 1.3 or 1.2; and nothing of the end of the session is logged.
   */
  @Test
  void whoMayIsLetIn() throws Exception {
    Outcome outcome = run("nothing", servers.client("status", Map.of()), "jobs", "status");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.lines())
        .hasSizeLessThanOrEqualTo(2)
        .noneMatch(line -> line.contains("Exception"));
  }

  @Test
  void whoMaySendIsLetIn() throws Exception {
    Outcome outcome =
        run("nothing", servers.client("producer", Map.of()), "producer", "--count", "5");

    assertThat(outcome.lines()).last().isEqualTo("produced 5, acknowledged 5, failed 0");
    assertThat(outcome.exitCode()).isZero();
  }
}
