package io.playlog.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.JobRun;
import io.playlog.jobs.LogLines;
import io.playlog.jobs.stream.StreamRun;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** SIGTERM while a batch runs: it is finished if that takes no longer than it may. */
class StopIT {
  private static final int MESSAGES = 100;
  private static final int SIGTERM = 15;
  private static final Duration WAIT = Duration.ofMinutes(2);

  private final LocalServers servers = LocalServers.shared();

  private PlaylogConfig fill(String name, String stopTimeout) throws Exception {
    return PlaylogConfig.load(filled(name, stopTimeout));
  }

  private Path filled(String name, String stopTimeout) throws Exception {
    Path configFile = servers.configFile(name, Map.of("stream.stop-timeout", stopTimeout));
    PlaylogConfig config = PlaylogConfig.load(configFile);
    servers.runProducer(configFile, "create-topics");
    JobRun.output(configFile, "schema");
    long now = Instant.now().toEpochMilli();
    List<byte[]> listens =
        IntStream.range(0, MESSAGES)
            .mapToObj(i -> ListenJson.toBytes(new Listen("n" + i, "s", now)))
            .toList();
    Topics.send(config.kafka().bootstrapServers(), name, listens);
    return configFile;
  }

  private long stored(PlaylogConfig config) {
    try (CqlSession cql = servers.openSession()) {
      String table = config.cassandra().keyspace() + ".records";
      return cql.execute("SELECT count(*) FROM " + table).one().getLong(0);
    }
  }

  private static boolean isCommitted(PlaylogConfig config) {
    return Files.exists(Path.of(config.stream().checkpoint(), "commits", "0"));
  }

  @Test
  void theRunningBatchIsCommitted() throws Exception {
    PlaylogConfig config = fill("stopped", "30 s");
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch goesOn = new CountDownLatch(1);
    try (LogLines log = new LogLines()) {
      try (StreamRun stream =
          StreamRun.start(
              config,
              () -> {
                running.countDown();
                goesOn.await();
              })) {
        assertThat(running.await(WAIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(stream::stopGracefully);
        await().atMost(WAIT).until(() -> !log.beginning("INFO Stopping").isEmpty());
        goesOn.countDown();
        stopping.get(WAIT.toSeconds(), TimeUnit.SECONDS);
      }
      assertThat(log.beginning("INFO All batches are committed")).hasSize(1);
      // Spark tells its listeners in a thread of its own.
      await().atMost(WAIT).until(() -> !log.beginning("INFO Batch ").isEmpty());
      assertThat(log.beginning("INFO Batch "))
          .singleElement()
          .asString()
          .matches(
              "INFO Batch 0: in 100, stored 100 \\(folded 0, unmatched 100\\), dead-lettered 0,"
                  + " in [0-9.]+ s \\([0-9]+/s\\), lag 0, newest event .*Z");
    }
    assertThat(isCommitted(config)).isTrue();
    assertThat(stored(config)).isEqualTo(MESSAGES);
  }

  @Test
  void aProcessEndsWithoutAStackTrace() throws Exception {
    Path configFile = filled("terminated", "30 s");
    PlaylogConfig config = PlaylogConfig.load(configFile);
    try (JobProcess stream =
        JobProcess.ofJob(configFile, Map.of("spark.master", "local[2]"), "stream")) {
      await()
          .atMost(WAIT)
          .until(
              () -> {
                stream.requireAlive();
                return isCommitted(config);
              });
      stream.terminate();
      assertThat(stream.end()).isEqualTo(128 + SIGTERM);
      assertThat(stream.lines())
          .noneMatch(line -> line.startsWith("\tat "))
          .anyMatch(line -> line.endsWith("GracefulStop - All batches are committed"));
    }
    assertThat(stored(config)).isEqualTo(MESSAGES);
  }

  @Test
  void oneThatTakesLongerIsReplayed() throws Exception {
    PlaylogConfig config = fill("stoppedlate", "0 s");
    CountDownLatch running = new CountDownLatch(1);
    try (LogLines log = new LogLines()) {
      try (StreamRun stream =
          StreamRun.start(
              config,
              () -> {
                running.countDown();
                new CountDownLatch(1).await();
              })) {
        assertThat(running.await(WAIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        stream.stopGracefully();
      }
      assertThat(log.beginning("INFO The batch is left to be replayed")).hasSize(1);
    }
    assertThat(isCommitted(config)).isFalse();

    try (LogLines log = new LogLines();
        StreamRun again = StreamRun.start(config)) {
      again.processAllAvailable();
      await()
          .atMost(WAIT)
          .until(() -> !log.beginning("INFO Batch 0: in 100, stored 100").isEmpty());
    }
    assertThat(isCommitted(config)).isTrue();
    assertThat(stored(config)).isEqualTo(MESSAGES);
  }
}
