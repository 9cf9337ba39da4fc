package io.playlog.jobs.pipeline;

import io.playlog.jobs.Main;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The stream as a process of its own, which can be killed. */
final class StreamProcess implements AutoCloseable {
  private final Process process;
  private final Path log;

  private StreamProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** With the class path and options of this JVM. */
  static StreamProcess start(Path configFile) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.startsWith("--add-opens"))
            .toList());
    command.add("-Xmx1g");
    Properties properties = System.getProperties();
    properties.stringPropertyNames().stream()
        .filter(name -> name.startsWith("spark.") || name.startsWith("log4j2."))
        .forEach(name -> command.add("-D" + name + "=" + properties.getProperty(name)));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("stream", "--config", configFile.toString()));
    Path log = configFile.resolveSibling(configFile.getFileName() + ".log");
    return new StreamProcess(
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start(),
        log);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Its log, and what it prints besides. */
  String output() throws IOException {
    return Files.readString(log);
  }

  /** By SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
