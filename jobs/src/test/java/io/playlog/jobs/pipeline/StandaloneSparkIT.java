package io.playlog.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.JobRun;
import io.playlog.listen.Hour;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenJson;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Jobs on a real Spark cluster: each has its share, and none waits for what does not come. */
class StandaloneSparkIT {
  private static final Duration WAIT = Duration.ofMinutes(3);
  private static final long TIME = Instant.now().minusSeconds(3600).toEpochMilli();
  private static final String HOUR = Hour.of(TIME).toString();

  private final LocalServers servers = LocalServers.shared();
  private int sent;

  private Path configFile(String name, String timeout) throws Exception {
    Path configFile = servers.configFile(name, shares(Map.of("spark.resources-timeout", timeout)));
    servers.runProducer(configFile, "create-topics");
    JobRun.output(configFile, "schema");
    return configFile;
  }

  /** Of the worker's two cores and two gigabytes. */
  private static Map<String, String> shares(Map<String, String> more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "spark.stream-cores", "1",
                "spark.report-cores", "1",
                "spark.stream-executor-memory", "512m",
                "spark.report-executor-memory", "512m"));
    settings.putAll(more);
    return settings;
  }

  private void send(Path configFile) {
    PlaylogConfig config = PlaylogConfig.load(configFile);
    Listen listen = new Listen("Ada Lovelace", "song " + sent++, TIME);
    Topics.send(
        config.kafka().bootstrapServers(),
        config.kafka().topic(),
        List.of(ListenJson.toBytes(listen)));
  }

  private static boolean isStored(Path configFile, int listens) {
    return JobRun.output(configFile, "status").contains("\"listens_stored\":" + listens + ",");
  }

  private static void assertSaysOnly(JobProcess job, String begin) throws Exception {
    assertThat(job.end()).as("%s", job.lines()).isEqualTo(8);
    assertThat(job.lines()).noneMatch(line -> line.startsWith("\tat "));
    assertThat(job.lines()).last().asString().startsWith(begin);
  }

  @Test
  void aMasterThatIsSilentIsOneLine() throws Exception {
    Path configFile = configFile("silentmaster", "5 s");
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        JobProcess audit =
            JobProcess.ofJob(
                configFile,
                Map.of("spark.master", "spark://127.0.0.1:" + silent.getLocalPort()),
                "audit",
                "--hour",
                HOUR)) {
      assertSaysOnly(
          audit,
          "PL-801: Spark at spark://127.0.0.1:%d does not take this job: no answer within 5 s."
              .formatted(silent.getLocalPort()));
    }
  }

  @Test
  void jobsRunBesideEachOtherAndNoneOutlivesItsExecutors() throws Exception {
    Path configFile = configFile("standalone", "30 s");
    Path impatient =
        servers.configFile(
            "impatient",
            shares(
                Map.of(
                    "kafka.topic", "standalone",
                    "kafka.dead-letter-topic", "standalone.dead-letters",
                    "cassandra.keyspace", "standalone",
                    "spark.report-executor-memory", "64g",
                    // The start of Spark itself counts, too.
                    "spark.resources-timeout", "20 s")));
    try (SparkCluster cluster = new SparkCluster();
        JobProcess stream = JobProcess.ofJob(configFile, cluster.properties(), "stream")) {
      send(configFile);
      await()
          .atMost(WAIT)
          .pollInterval(Duration.ofSeconds(1))
          .until(
              () -> {
                stream.requireAlive();
                return isStored(configFile, 1);
              });

      try (JobProcess audit =
          JobProcess.ofJob(configFile, cluster.properties(), "audit", "--hour", HOUR)) {
        assertThat(audit.end()).as("%s", audit.lines()).isZero();
        assertThat(audit.lines())
            .contains("in 1 = stored 1 + repeated 0 + dead-lettered 0 + missing 0");
      }
      try (JobProcess audit =
          JobProcess.ofJob(impatient, cluster.properties(), "audit", "--hour", HOUR)) {
        assertSaysOnly(audit, "PL-802: Spark at " + cluster.master() + " has given this job no");
      }

      cluster.killMaster();
      cluster.startMaster();
      await()
          .atMost(WAIT)
          .pollInterval(Duration.ofSeconds(2))
          .until(
              () -> {
                send(configFile);
                return !stream.isAlive();
              });
      assertSaysOnly(stream, "PL-802: All executors of this job are gone");
      assertThat(stream.lines()).anyMatch(line -> line.contains("Disconnected from Spark cluster"));
    }
  }
}
