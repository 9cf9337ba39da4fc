package io.playlog.jobs.pipeline;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The bundled servers, by the scripts that start-all.sh uses, and what else ends with them. */
final class ServerProcesses implements AutoCloseable {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final List<String> PORTS =
      List.of(
          "kafka-port",
          "kafka-controller-port",
          "kafka-metrics-port",
          "cassandra-port",
          "cassandra-storage-port",
          "cassandra-metrics-port");

  private final Path logs;
  private final List<Process> processes = new ArrayList<>();

  /**
   * @param logs the folder of their logs
   */
  ServerProcesses(Path logs) {
    this.logs = logs;
  }

  /** For each port that the servers take, such as {@code kafka-port}. */
  static Map<String, Integer> freePorts() throws IOException {
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (String port : PORTS) {
      ports.put(port, freePort());
    }
    return ports;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /**
   * @param name {@code kafka} or {@code cassandra}
   * @param variables besides those of this process
   */
  Process start(String name, Path config, Map<String, String> variables) throws IOException {
    Path home = ROOT.resolve("deploy/local").resolve(name);
    ProcessBuilder builder =
        new ProcessBuilder(
                home.resolve("run-" + name + ".sh").toString(),
                home.resolve("target/lib").toString(),
                config.toString())
            .redirectErrorStream(true)
            .redirectOutput(logs.resolve(name + ".log").toFile());
    builder.environment().putAll(variables);
    return add(builder.start());
  }

  Process add(Process process) {
    processes.add(process);
    return process;
  }

  /** For those who wait for what they do. */
  void requireAlive() {
    for (Process process : processes) {
      if (!process.isAlive()) {
        throw new IllegalStateException(
            process.info() + " ended with " + process.exitValue() + "; its log is in " + logs);
      }
    }
  }

  @Override
  public void close() {
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
