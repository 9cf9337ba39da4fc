package io.playlog.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

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

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "io.playlog.jobs.pipeline.RefusedLogins#logins",
    "io.playlog.jobs.pipeline.RefusedLogins#certificatesAndPorts",
    "io.playlog.jobs.pipeline.RefusedRights#permissions"
  })
  void isOneLine(Refusal refusal) throws Exception {
    Path config = servers.client(refusal.role(), refusal.changed());

    Outcome outcome = run(refusal.what(), config, refusal.command());

    assertRefused(outcome, refusal.code(), refusal.words().toArray(String[]::new));
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
