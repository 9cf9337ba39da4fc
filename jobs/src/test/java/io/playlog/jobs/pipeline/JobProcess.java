package io.playlog.jobs.pipeline;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of Java's in a process of its own, by the class path of the tests. */
final class JobProcess implements AutoCloseable {
  static final String CLASS_PATH =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

  static final String JAVA = Path.of(System.getProperty("java.home"), "bin/java").toString();

  /** What spark-submit adds to the command, and the log that the scripts set. */
  static final List<String> OF_SPARK =
      List.of(
          "-XX:+IgnoreUnrecognizedVMOptions",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.net=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.cs=ALL-UNNAMED",
          "--add-opens=java.base/sun.security.action=ALL-UNNAMED",
          "--add-opens=java.base/sun.util.calendar=ALL-UNNAMED",
          "-Dlog4j2.configurationFile=" + Path.of("../conf/spark/log4j2.properties"));

  private final Process process;
  private final Path log;

  private JobProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * @param memory of its heap
   * @param properties of the JVM
   * @param variables besides those of this process
   */
  static JobProcess start(
      String memory,
      Map<String, String> properties,
      Map<String, String> variables,
      String mainClass,
      String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(JAVA, "-Xmx" + memory, "-cp", CLASS_PATH));
    command.addAll(OF_SPARK);
    properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.add(mainClass);
    command.addAll(List.of(arguments));
    File log = File.createTempFile("playlog-it", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
    builder.environment().putAll(variables);
    return new JobProcess(builder.start(), log.toPath());
  }

  /** A command of jobs.jar, by Spark's properties. */
  static JobProcess ofJob(Path configFile, Map<String, String> spark, String... arguments)
      throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(1, List.of("--config", configFile.toString()));
    return start("600m", spark, Map.of(), "io.playlog.jobs.Main", all.toArray(String[]::new));
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** For those who wait for what it does. */
  void requireAlive() {
    if (!isAlive()) {
      throw new IllegalStateException("It has ended:\n" + String.join("\n", lines()));
    }
  }

  /** As supervisord does. */
  void terminate() {
    process.destroy();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Its exit code when it has ended, which it must within minutes. */
  int end() throws InterruptedException {
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      throw new IllegalStateException("It does not end. It said:\n" + String.join("\n", lines()));
    }
    return process.exitValue();
  }

  /** What it has said so far. */
  List<String> lines() {
    try {
      return Files.readAllLines(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws Exception {
    kill();
    Files.delete(log);
  }
}
