package io.playlog.jobs.pipeline;

import static org.awaitility.Awaitility.await;

import io.playlog.config.SecurityFolder;
import io.playlog.net.Connections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Kafka and Cassandra with TLS, logins and a role for each program, as local.secure makes them, on
 * free ports and in a folder of their own.
 */
final class SecuredServers implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(5);

  private final Path folder = Files.createTempDirectory("playlog-secured-it");
  private final Path security = folder.resolve("security");
  private final Map<String, Integer> ports = ServerProcesses.freePorts();
  private final ServerProcesses servers = new ServerProcesses(folder);
  private int files;

  private SecuredServers() throws IOException {}

  /** With topics, tables and roles. */
  static SecuredServers start() throws IOException, InterruptedException {
    SecuredServers started = new SecuredServers();
    try {
      for (String name : List.of("kafka", "cassandra")) {
        started.certificate(started.security, name, "127.0.0.1,localhost", 1);
      }
      Path config = started.configuration();
      for (String name : List.of("kafka", "cassandra")) {
        started.servers.start(name, config, Map.of());
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
        configFile(),
        Files.readString(ServerProcesses.ROOT.resolve("conf/application.conf")) + lines);
  }

  private void awaitPorts() {
    for (String port : List.of("kafka-port", "cassandra-port")) {
      await()
          .atMost(START)
          .until(
              () -> {
                servers.requireAlive();
                return Connections.problem("127.0.0.1", port(port)).isEmpty();
              });
    }
  }

  /** What takes a while to come about after the ports are there, such as the first login. */
  private void eventually(String jar, String... arguments) {
    await()
        .atMost(START)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              servers.requireAlive();
              List<String> command =
                  new ArrayList<>(
                      List.of("java", "-jar", ServerProcesses.ROOT.resolve(jar).toString()));
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
            ServerProcesses.ROOT.resolve("deploy/security/make-certificates.sh").toString(),
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
  String password(String name) {
    return new SecurityFolder(security).password(name);
  }

  /**
   * The settings of a client that may do what a role may.
   *
   * @param changed of them; SECURITY in a value is the folder, and KAFKA-PORT, say, a port
   */
  Path client(String role, Map<String, String> changed) throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    String user = "playlog_" + role.replace('-', '_');
    String trust = security.resolve("trust.p12").toString();
    all.put("kafka.bootstrap-servers", "127.0.0.1:" + port("kafka-port"));
    all.put("kafka.properties.security.protocol", "SASL_SSL");
    all.put("kafka.properties.sasl.mechanism", "SCRAM-SHA-512");
    all.put("kafka.properties.sasl.jaas.config", SecurityFolder.scramLogin(user, password(role)));
    all.put("kafka.properties.ssl.truststore.location", trust);
    all.put("kafka.properties.ssl.truststore.password", password("stores"));
    all.put("cassandra.contact-points", "127.0.0.1:" + port("cassandra-port"));
    String spark = "cassandra.spark.spark.cassandra.";
    all.put(spark + "auth.username", user);
    all.put(spark + "auth.password", password(role));
    all.put(spark + "connection.ssl.enabled", "true");
    all.put(spark + "connection.ssl.trustStore.path", trust);
    all.put(spark + "connection.ssl.trustStore.password", password("stores"));
    all.put("catalogue.path", ServerProcesses.ROOT.resolve("data/spotify-songs.csv").toString());
    all.put("stream.checkpoint", folder.resolve("checkpoint").toString());
    all.put("stream.metrics-port", Integer.toString(ServerProcesses.freePort()));
    all.putAll(changed);
    StringBuilder lines = new StringBuilder();
    all.forEach(
        (key, value) ->
            lines.append(
                "playlog.%s = \"%s\"%n".formatted(key, here(value).replace("\"", "\\\""))));
    Path file = folder.resolve("client-" + files++ + ".conf");
    SecurityFolder.write(file, lines.toString());
    return file;
  }

  private String here(String value) {
    String here = value.replace("SECURITY", security.toString());
    for (Map.Entry<String, Integer> port : ports.entrySet()) {
      here = here.replace(port.getKey().toUpperCase(Locale.ROOT), port.getValue().toString());
    }
    return here;
  }

  @Override
  public void close() {
    servers.close();
  }
}
