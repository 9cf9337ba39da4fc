package io.playlog.jobs.pipeline;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.commons.io.FileUtils;

/** Spark's own master and a worker of two cores, as processes on this machine. */
final class SparkCluster implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);

  private final Path folder;
  private final int port;
  private JobProcess master;
  private final JobProcess worker;

  SparkCluster() throws IOException {
    folder = Files.createTempDirectory("playlog-spark");
    // The worker looks for the jars of its Spark; all are on the class path that executors get.
    Files.createDirectory(folder.resolve("jars"));
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    startMaster();
    worker =
        start(
            "worker.Worker",
            "--cores",
            "2",
            "--memory",
            "2g",
            "--work-dir",
            folder.resolve("work").toString(),
            master());
    await().atMost(START).until(() -> has(worker, "Successfully registered with master"));
  }

  String master() {
    return "spark://127.0.0.1:" + port;
  }

  /** Also after it was killed; without a recovery mode it knows of nothing then. */
  void startMaster() throws IOException {
    master = start("master.Master", "--port", Integer.toString(port));
    await().atMost(START).until(() -> has(master, "I have been elected leader"));
  }

  void killMaster() throws InterruptedException {
    master.kill();
  }

  /** Spark's properties of a job that runs here. */
  Map<String, String> properties() {
    return Map.of(
        "spark.master", master(),
        "spark.driver.host", "127.0.0.1",
        "spark.driver.bindAddress", "127.0.0.1",
        "spark.ui.enabled", "false",
        "spark.executor.extraClassPath", JobProcess.CLASS_PATH);
  }

  private JobProcess start(String program, String... arguments) throws IOException {
    String[] all = new String[arguments.length + 4];
    all[0] = "--host";
    all[1] = "127.0.0.1";
    all[2] = "--webui-port";
    all[3] = "0";
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    return JobProcess.start(
        "128m",
        // Its lines say what happens.
        Map.of("log4j2.configurationFile", "classpath:org/apache/spark/log4j2-defaults.properties"),
        Map.of(
            "SPARK_LOCAL_IP",
            "127.0.0.1",
            "SPARK_HOME",
            folder.toString(),
            "SPARK_SCALA_VERSION",
            "2.12",
            "JAVA_HOME",
            System.getProperty("java.home")),
        "org.apache.spark.deploy." + program,
        all);
  }

  private static boolean has(JobProcess process, String words) {
    process.requireAlive();
    return process.lines().stream().anyMatch(line -> line.contains(words));
  }

  @Override
  public void close() throws Exception {
    worker.close();
    master.close();
    FileUtils.deleteDirectory(folder.toFile());
  }
}
