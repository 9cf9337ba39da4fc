package io.playlog.jobs.pipeline;

import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import io.playlog.config.PlaylogConfig;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Kafka and Cassandra for the tests of this module: started once, by the scripts that start-all.sh
 * uses, on free ports and in a folder of their own; ended with the JVM.
 */
final class LocalServers {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Duration START = Duration.ofMinutes(5);

  private static final List<String> PORTS =
      List.of(
          "kafka-port",
          "kafka-controller-port",
          "kafka-metrics-port",
          "cassandra-port",
          "cassandra-storage-port",
          "cassandra-metrics-port");

  /** Of Cassandra: tables are made in a fraction of the time, and no test kills this server. */
  private static final String NO_FLUSH_AFTER_DDL = "-Dcassandra.unsafesystem=true";

  /**
   * The driver's defaults are to wait a second for further changes of the schema, and to give up
   * after two, which a TRUNCATE takes on a busy machine.
   */
  private static final DriverConfigLoader PATIENT =
      DriverConfigLoader.programmaticBuilder()
          .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ofMillis(1))
          .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofMinutes(1))
          .build();

  private static LocalServers shared;

  private final Path folder;
  private final Path configFile;
  private final List<Process> processes = new ArrayList<>();
  private Process cassandra;

  private LocalServers() throws IOException {
    folder = Files.createTempDirectory("playlog-it");
    configFile = folder.resolve("application.conf");
    Files.writeString(configFile, configuration());
  }

  static synchronized LocalServers shared() {
    if (shared == null) {
      try {
        LocalServers servers = new LocalServers();
        Runtime.getRuntime().addShutdownHook(new Thread(servers::stop));
        servers.start();
        shared = servers;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return shared;
  }

  /** The shipped file with the ports, folders and times of these tests. */
  private String configuration() throws IOException {
    Map<String, Object> changed =
        new LinkedHashMap<>(
            Map.of(
                "local.dir",
                folder,
                // Each test has a keyspace of its own, and each of the many tables takes a part of
                // it.
                "local.cassandra-memory",
                "2400m",
                "catalogue.path",
                ROOT.resolve("data/spotify-songs.csv"),
                "stream.trigger-interval",
                "0 s",
                "stream.min-offsets-per-trigger",
                1,
                "report.gate-timeout",
                "2 s"));
    for (String port : PORTS) {
      changed.put("local." + port, freePort());
    }
    return Files.readString(ROOT.resolve("conf/application.conf")) + lines(changed);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void start() throws IOException {
    for (String server : List.of("kafka", "cassandra")) {
      Path home = ROOT.resolve("deploy/local").resolve(server);
      Path script = home.resolve("run-" + server + ".sh");
      Path libraries = home.resolve("target/lib");
      processes.add(process(server, script, libraries, configFile));
    }
    cassandra = processes.get(processes.size() - 1);
    await().atMost(START).until(this::kafkaAnswers);
    await().atMost(START).until(this::cassandraAnswers);
  }

  private Process process(String name, Object... command) throws IOException {
    File log = folder.resolve(name + ".log").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command).stream().map(Object::toString).toList())
            .redirectErrorStream(true)
            .redirectOutput(log);
    builder.environment().put("JAVA_TOOL_OPTIONS", NO_FLUSH_AFTER_DDL);
    return builder.start();
  }

  AutoCloseable frozenKafka() throws IOException, InterruptedException {
    return frozen(processes.get(0));
  }

  AutoCloseable frozenCassandra() throws IOException, InterruptedException {
    return frozen(processes.get(1));
  }

  /** Takes connections, and says nothing until it is closed. */
  private static AutoCloseable frozen(Process process) throws IOException, InterruptedException {
    signal(process, "STOP");
    return () -> signal(process, "CONT");
  }

  private static void signal(Process process, String name)
      throws IOException, InterruptedException {
    int exitCode =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (exitCode != 0) {
      throw new IllegalStateException("kill ended with " + exitCode);
    }
  }

  private boolean kafkaAnswers() throws InterruptedException {
    requireAlive();
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config().kafka().bootstrapServers()))) {
      admin.describeCluster().clusterId().get();
      return true;
    } catch (ExecutionException e) {
      return false;
    }
  }

  private boolean cassandraAnswers() {
    requireAlive();
    try (CqlSession session = openSession()) {
      return true;
    } catch (AllNodesFailedException e) {
      return false;
    }
  }

  private void requireAlive() {
    for (Process process : processes) {
      if (!process.isAlive()) {
        throw new IllegalStateException(
            process.info() + " ended with " + process.exitValue() + "; its log is in " + folder);
      }
    }
  }

  /**
   * @param signal such as {@code STOP}, which lets it answer nothing until {@code CONT}
   */
  void signalCassandra(String signal) throws InterruptedException {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(cassandra.pid()))
          .inheritIO()
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A plain CQL client, apart from what the jobs use. */
  CqlSession openSession() {
    return CqlSession.builder()
        .addContactPoint(
            InetSocketAddress.createUnresolved("127.0.0.1", config().local().cassandraPort()))
        .withLocalDatacenter(config().cassandra().localDatacenter())
        .withConfigLoader(PATIENT)
        .build();
  }

  PlaylogConfig config() {
    return PlaylogConfig.load(configFile);
  }

  Path configFile() {
    return configFile;
  }

  /** A configuration of its own for these servers: topic, keyspace and checkpoint named so. */
  Path configFile(String name, Map<String, ?> more) throws IOException {
    Map<String, Object> changed = new LinkedHashMap<>();
    changed.put("kafka.topic", name);
    changed.put("kafka.dead-letter-topic", name + ".dead-letters");
    changed.put("cassandra.keyspace", name);
    changed.put("stream.checkpoint", folder.resolve(name + "-checkpoint"));
    changed.putAll(more);
    Path file = folder.resolve(name + ".conf");
    Files.writeString(file, Files.readString(configFile) + lines(changed));
    return file;
  }

  private static String lines(Map<String, ?> changed) {
    StringBuilder lines = new StringBuilder();
    changed.forEach((key, value) -> lines.append("playlog.%s = \"%s\"%n".formatted(key, value)));
    return lines.toString();
  }

  /** Runs the packaged producer and returns what it printed. */
  String runProducer(String... arguments) throws IOException, InterruptedException {
    return runProducer(configFile, arguments);
  }

  String runProducer(Path configFile, String... arguments)
      throws IOException, InterruptedException {
    return printed(startProducer(configFile, arguments));
  }

  /** What a program prints up to its end, which must be a good one. */
  private static String printed(Process program) throws IOException, InterruptedException {
    String printed = new String(program.getInputStream().readAllBytes());
    if (program.waitFor() != 0) {
      throw new IllegalStateException(program.info() + " failed: " + printed);
    }
    return printed;
  }

  /** Starts the packaged producer. */
  Process startProducer(Path configFile, String... arguments) throws IOException {
    return packaged("producer/target/producer.jar", configFile, arguments)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Makes a token with the packaged page. */
  String token(Path configFile, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("token"));
    command.addAll(List.of(arguments));
    return printed(
            packaged("web/target/web.jar", configFile, command.toArray(String[]::new))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start())
        .strip();
  }

  /**
   * Starts the packaged page.
   *
   * @param log to which its log is added
   */
  Process startPage(Path configFile, Path log) throws IOException {
    Process page =
        packaged("web/target/web.jar", configFile)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    processes.add(page);
    return page;
  }

  private static ProcessBuilder packaged(String jar, Path configFile, String... arguments) {
    List<String> command = new ArrayList<>(List.of("java", "-jar", ROOT.resolve(jar).toString()));
    command.addAll(List.of("--config", configFile.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  private void stop() {
    processes.forEach(Process::destroy);
    for (Process process : processes) {
      try {
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
      }
    }
  }
}
