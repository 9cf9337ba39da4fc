package io.playlog.jobs.pipeline;

import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import io.playlog.config.PlaylogConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Kafka and Cassandra for the tests of this module: started once, by the scripts that start-all.sh
 * uses, on free ports and in a folder of their own; ended with the JVM.
 */
final class LocalServers {
  private static final Duration START = Duration.ofMinutes(5);

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

  private final Path folder = Files.createTempDirectory("playlog-it");
  private final Path configFile = folder.resolve("application.conf");
  private final ServerProcesses processes = new ServerProcesses(folder);
  private Process kafka;
  private Process cassandra;

  private LocalServers() throws IOException {
    Files.writeString(configFile, configuration());
  }

  static synchronized LocalServers shared() {
    if (shared == null) {
      try {
        LocalServers servers = new LocalServers();
        Runtime.getRuntime().addShutdownHook(new Thread(servers.processes::close));
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
                ServerProcesses.ROOT.resolve("data/spotify-songs.csv"),
                "stream.trigger-interval",
                "0 s",
                "stream.min-offsets-per-trigger",
                1,
                "report.gate-timeout",
                "2 s"));
    ServerProcesses.freePorts().forEach((name, port) -> changed.put("local." + name, port));
    return Files.readString(ServerProcesses.ROOT.resolve("conf/application.conf")) + lines(changed);
  }

  private void start() throws IOException {
    Map<String, String> variables = Map.of("JAVA_TOOL_OPTIONS", NO_FLUSH_AFTER_DDL);
    kafka = processes.start("kafka", configFile, variables);
    cassandra = processes.start("cassandra", configFile, variables);
    await().atMost(START).until(this::kafkaAnswers);
    await().atMost(START).until(this::cassandraAnswers);
  }

  /** Takes connections, and says nothing until it is closed. */
  interface Frozen extends AutoCloseable {
    @Override
    void close() throws InterruptedException;
  }

  Frozen frozenKafka() throws InterruptedException {
    return frozen(kafka);
  }

  Frozen frozenCassandra() throws InterruptedException {
    return frozen(cassandra);
  }

  private static Frozen frozen(Process process) throws InterruptedException {
    signal(process, "STOP");
    return () -> signal(process, "CONT");
  }

  private static void signal(Process process, String name) throws InterruptedException {
    try {
      int exitCode =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      if (exitCode != 0) {
        throw new IllegalStateException("kill ended with " + exitCode);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean kafkaAnswers() throws InterruptedException {
    processes.requireAlive();
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
    processes.requireAlive();
    try (CqlSession session = openSession()) {
      return true;
    } catch (AllNodesFailedException e) {
      return false;
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
    return processes.add(
        packaged("web/target/web.jar", configFile)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start());
  }

  private static ProcessBuilder packaged(String jar, Path configFile, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("java", "-jar", ServerProcesses.ROOT.resolve(jar).toString()));
    command.addAll(List.of("--config", configFile.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }
}
