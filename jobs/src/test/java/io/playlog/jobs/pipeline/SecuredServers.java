package io.playlog.jobs.pipeline;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Kafka and Cassandra with TLS, logins and a role for each program, as local.secure makes them, on
 * free ports and in a folder of their own.
 */
final class SecuredServers implements AutoCloseable {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Duration START = Duration.ofMinutes(5);
  private static final List<String> PORTS =
      List.of(
          "kafka-port",
          "kafka-controller-port",
          "kafka-metrics-port",
          "cassandra-port",
          "cassandra-storage-port",
          "cassandra-metrics-port");

  private final Path folder = Files.createTempDirectory("playlog-secured-it");
  private final Path security = folder.resolve("security");
  private final Map<String, Integer> ports = new LinkedHashMap<>();
  private final List<Process> servers = new ArrayList<>();
  private int files;

  private SecuredServers() throws IOException {
    for (String port : PORTS) {
      ports.put(port, LocalServers.freePort());
    }
  }

  /** With topics, tables and roles. */
  static SecuredServers start() throws IOException, InterruptedException {
    SecuredServers started = new SecuredServers();
    try {
      for (String name : List.of("kafka", "cassandra")) {
        started.certificate(started.security, name, "127.0.0.1,localhost", 1);
      }
      Path config = started.configuration();
      for (String name : List.of("kafka", "cassandra")) {
        started.startServer(name, config);
      }
      started.awaitPorts();
      started.eventually("web/target/web.jar", "grant", "--config", config.toString());
      started.eventually(
          "producer/target/producer.jar", "create-topics", "--config", config.toString());
      return started;
    } catch (IOException | InterruptedException | RuntimeException e) {
      started.close();
      throw e;
    }
  }

  /** The servers' own settings, by which each program logs in as its role. */
  Path configFile() {
    return folder.resolve("servers.conf");
  }

  private Path configuration() throws IOException {
    StringBuilder lines = new StringBuilder();
    ports.forEach((name, port) -> lines.append("playlog.local.%s = %d%n".formatted(name, port)));
    lines.append(
        """
        playlog.local.secure = true
        playlog.local.dir = "%s"
        playlog.local.cassandra-memory = 600m
        """
            .formatted(folder));
    return Files.writeString(
        configFile(), Files.readString(ROOT.resolve("conf/application.conf")) + lines);
  }

  private void startServer(String name, Path config) throws IOException {
    Path home = ROOT.resolve("deploy/local").resolve(name);
    servers.add(
        new ProcessBuilder(
                home.resolve("run-" + name + ".sh").toString(),
                home.resolve("target/lib").toString(),
                config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile())
            .start());
  }

  private void awaitPorts() {
    for (String port : List.of("kafka-port", "cassandra-port")) {
      await()
          .atMost(START)
          .until(
              () -> {
                requireAlive();
                try (Socket socket = new Socket()) {
                  socket.connect(new InetSocketAddress("127.0.0.1", ports.get(port)), 1000);
                  return true;
                } catch (IOException e) {
                  return false;
                }
              });
    }
  }

  private void requireAlive() {
    for (Process server : servers) {
      if (!server.isAlive()) {
        throw new IllegalStateException(server.info() + " has ended; its log is in " + folder);
      }
    }
  }

  /** What takes a while to come about after the ports are there, such as the first login. */
  private void eventually(String jar, String... arguments) {
    await()
        .atMost(START)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              requireAlive();
              List<String> command =
                  new ArrayList<>(List.of("java", "-jar", ROOT.resolve(jar).toString()));
              command.addAll(List.of(arguments));
              return run(command) == 0;
            });
  }

  private int run(List<String> command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("setup.log").toFile()))
        .start()
        .waitFor();
  }

  /** Makes a certificate of the authority of a folder, which is made, too, if it is not there. */
  Path certificate(Path of, String name, String hosts, int days)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            ROOT.resolve("deploy/security/make-certificates.sh").toString(),
            of.toString(),
            name,
            hosts,
            "--days",
            Integer.toString(days));
    if (run(command) != 0) {
      throw new IllegalStateException(Files.readString(folder.resolve("setup.log")));
    }
    return of.resolve(name + ".p12");
  }

  Path folder() {
    return folder;
  }

  Path security() {
    return security;
  }

  int port(String name) {
    return ports.get(name);
  }

  /** Of a role, or of the stores. */
  String password(String name) throws IOException {
    return Files.readString(security.resolve(name + ".password")).strip();
  }

  /** The settings of a client that may do what a role may; SECURITY in a value is its folder. */
  Path client(String role, Map<String, String> changed) throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    String user = "playlog_" + role.replace('-', '_');
    String trust = security.resolve("trust.p12").toString();
    all.put("kafka.bootstrap-servers", "127.0.0.1:" + port("kafka-port"));
    all.put("kafka.properties.security.protocol", "SASL_SSL");
    all.put("kafka.properties.sasl.mechanism", "SCRAM-SHA-512");
    all.put("kafka.properties.sasl.jaas.config", login(user, password(role)));
    all.put("kafka.properties.ssl.truststore.location", trust);
    all.put("kafka.properties.ssl.truststore.password", password("stores"));
    all.put("cassandra.contact-points", "127.0.0.1:" + port("cassandra-port"));
    String spark = "cassandra.spark.spark.cassandra.";
    all.put(spark + "auth.username", user);
    all.put(spark + "auth.password", password(role));
    all.put(spark + "connection.ssl.enabled", "true");
    all.put(spark + "connection.ssl.trustStore.path", trust);
    all.put(spark + "connection.ssl.trustStore.password", password("stores"));
    all.put("catalogue.path", ROOT.resolve("data/spotify-songs.csv").toString());
    all.put("stream.checkpoint", folder.resolve("checkpoint").toString());
    all.put("stream.metrics-port", Integer.toString(LocalServers.freePort()));
    all.putAll(changed);
    StringBuilder lines = new StringBuilder();
    all.forEach(
        (key, value) ->
            lines.append(
                "playlog.%s = \"%s\"%n"
                    .formatted(
                        key,
                        value.replace("SECURITY", security.toString()).replace("\"", "\\\""))));
    Path file = folder.resolve("client-" + files++ + ".conf");
    Files.writeString(file, lines);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  static String login(String user, String password) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
        .formatted(user, password);
  }

  @Override
  public void close() {
    servers.forEach(Process::destroy);
    for (Process server : servers) {
      try {
        if (!server.waitFor(1, TimeUnit.MINUTES)) {
          server.destroyForcibly();
        }
      } catch (InterruptedException e) {
        server.destroyForcibly();
      }
    }
  }
}
