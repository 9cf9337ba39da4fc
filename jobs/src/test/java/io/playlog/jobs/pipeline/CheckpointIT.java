package io.playlog.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import io.playlog.config.PlaylogConfig;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.jobs.JobRun;
import io.playlog.jobs.Main;
import io.playlog.jobs.stream.StreamRun;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** A checkpoint from which the stream must not go on as if nothing had happened. */
class CheckpointIT {
  private static final int MESSAGES = 100;

  private final LocalServers servers = LocalServers.shared();
  private String name;
  private Path configFile;
  private PlaylogConfig config;

  @BeforeEach
  void storeSomeListens(TestInfo test) throws Exception {
    name = test.getTestMethod().orElseThrow().getName().toLowerCase().replaceAll("[^a-z]", "");
    configFile = servers.configFile(name, Map.of());
    config = PlaylogConfig.load(configFile);
    servers.runProducer(configFile, "create-topics");
    assertThat(Main.run("schema", "--config", configFile.toString())).isZero();
    send();
    run();
  }

  private void send() {
    List<byte[]> listens =
        IntStream.range(0, MESSAGES)
            .mapToObj(i -> ListenJson.toBytes(new Listen("n" + i, "s", now() + i)))
            .toList();
    Topics.send(config.kafka().bootstrapServers(), name, listens);
  }

  private static long now() {
    return Instant.now().toEpochMilli();
  }

  private void run() throws TimeoutException {
    try (StreamRun stream = StreamRun.start(config)) {
      stream.processAllAvailable();
    }
  }

  private long stored() {
    try (CqlSession cql = servers.openSession()) {
      return cql.execute("SELECT count(*) FROM " + name + ".records").one().getLong(0);
    }
  }

  private void assertRefused(String... says) {
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(this::run)
        .satisfies(refusal -> assertThat(refusal.getMessage()).contains(says));
  }

  @Test
  void isUsedByOneStreamAtATime() throws Exception {
    try (StreamRun first = StreamRun.start(config)) {
      assertRefused("Another stream uses the checkpoint", "control.sh stop stream");
      first.processAllAvailable();
    }
    run();
  }

  @Test
  void hasOneLockWhateverItsName() throws Exception {
    PlaylogConfig asUri = sameWith("file://" + config.stream().checkpoint());
    Path link = Path.of(config.stream().checkpoint() + "-link");
    Files.createSymbolicLink(link, Path.of(config.stream().checkpoint()));
    PlaylogConfig asLink = sameWith(link.toString());
    try (StreamRun first = StreamRun.start(config)) {
      for (PlaylogConfig other : List.of(asUri, asLink)) {
        assertThatExceptionOfType(PlaylogException.class)
            .isThrownBy(() -> StreamRun.start(other))
            .withMessageContaining("Another stream uses the checkpoint");
      }
      first.processAllAvailable();
    }
  }

  private PlaylogConfig sameWith(String checkpoint) throws IOException {
    Path file = Files.createTempFile("checkpoint", ".conf");
    Files.writeString(
        file,
        Files.readString(configFile) + "playlog.stream.checkpoint = \"" + checkpoint + "\"\n");
    return PlaylogConfig.load(file);
  }

  @Test
  void doesNotOutliveItsTopic() throws Exception {
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of(name)).all().get();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> !admin.listTopics().names().get().contains(name));
    }
    servers.runProducer(configFile, "create-topics");
    send();
    assertRefused("was re-created", "holds 100 messages", "delete the checkpoint");

    try (StreamRun anew = StreamRun.startWithoutCheckpoint(config)) {
      anew.processAllAvailable();
    }
    assertThat(stored()).isEqualTo(2 * MESSAGES);
  }

  @Test
  void saysHowManyMessagesLeftUnread() throws Exception {
    send();
    try (Admin admin = admin()) {
      Map<TopicPartition, RecordsToDelete> all =
          IntStream.range(0, config.kafka().partitions())
              .mapToObj(partition -> new TopicPartition(name, partition))
              .collect(
                  Collectors.toMap(Function.identity(), p -> RecordsToDelete.beforeOffset(-1)));
      admin.deleteRecords(all).all().get();
    }
    assertRefused("100 messages have left the topic", "retention", "delete the checkpoint");
  }

  @Test
  void isNotAheadOfTheKeyspace() throws Exception {
    try (CqlSession cql = servers.openSession()) {
      cql.execute("TRUNCATE " + name + ".records");
      cql.execute("TRUNCATE " + name + ".stream_progress");
    }
    assertRefused("The keyspace " + name + " does not hold 100 messages", "delete the checkpoint");

    try (StreamRun anew = StreamRun.startWithoutCheckpoint(config)) {
      anew.processAllAvailable();
    }
    assertThat(stored()).isEqualTo(MESSAGES);
  }

  /** A Cassandra that loses what it has acknowledged cannot be had: rows are deleted. */
  @Test
  void noticesAKeyspaceThatGoesBackWhileTheStreamRuns() throws Exception {
    try (StreamRun stream = StreamRun.start(config)) {
      send();
      stream.processAllAvailable();
      try (CqlSession cql = servers.openSession()) {
        cql.execute("DELETE FROM " + name + ".stream_progress WHERE topic = '" + name + "'");
      }
      send();
      assertThatThrownBy(stream::processAllAvailable)
          .hasStackTraceContaining("moved backwards while the stream ran");
    }
    assertRefused("The keyspace " + name + " does not hold 200 messages");
  }

  /** A broker that has lost its newest messages cannot be had: the checkpoint is put ahead. */
  @Test
  void isNotAheadOfTheTopic() throws IOException {
    Path offsets = Path.of(config.stream().checkpoint(), "offsets");
    Path last = offsets.resolve("0");
    String ahead =
        Pattern.compile("\"(\\d)\":(\\d+)")
            .matcher(Files.readString(last))
            .replaceAll(
                found -> "\"%s\":%d".formatted(found.group(1), Long.parseLong(found.group(2)) + 5));
    Files.deleteIfExists(offsets.resolve(".0.crc"));
    Files.writeString(last, ahead);

    assertRefused("has lost its newest 20 messages", "run-hourly-report.sh --hour");
  }

  /** The files that Spark has written; CheckpointTest has all kinds of damage. */
  @Test
  void whatAPowerCutLeavesIsExplained() throws IOException {
    for (String file : List.of("offsets/0", "commits/0", "metadata", "playlog.properties")) {
      Path path = Path.of(config.stream().checkpoint(), file);
      byte[] whole = Files.readAllBytes(path);
      Files.write(path, new byte[0]);

      JobRun run = JobRun.of(configFile, "stream");

      assertThat(run.error())
          .startsWith("PL-711: The checkpoint's file " + path + " ")
          .contains("delete the checkpoint " + config.stream().checkpoint());
      assertThat(run.exitCode()).isEqualTo(5);
      Files.write(path, whole);
    }
  }

  @Test
  void goesOnWithoutItsLastCommit() throws Exception {
    Files.delete(Path.of(config.stream().checkpoint(), "commits", "0"));
    send();
    run();

    assertThat(stored()).isEqualTo(2 * MESSAGES);
  }

  /** As a full disk, or somebody who deletes the folder, does. */
  @Test
  void saysWhichOfItsFilesCannotBeWritten() throws Exception {
    try (StreamRun stream = StreamRun.start(config)) {
      stream.processAllAvailable();
      FileUtils.deleteDirectory(Path.of(config.stream().checkpoint(), "offsets").toFile());
      send();
      assertThatThrownBy(stream::processAllAvailable)
          .satisfies(
              failure ->
                  assertThat(PlaylogException.in(failure))
                      .hasValueSatisfying(
                          explained -> {
                            assertThat(explained.code()).isEqualTo(ErrorCode.CHECKPOINT_UNUSABLE);
                            assertThat(explained.getMessage())
                                .contains(
                                    config.stream().checkpoint() + "/offsets/",
                                    "cannot be written");
                          }));
    }
  }

  @Test
  void belongsToItsKeyspace() throws IOException {
    Files.writeString(
        configFile,
        Files.readString(configFile) + "playlog.cassandra.keyspace = " + name + "_other\n");
    config = PlaylogConfig.load(configFile);
    assertThat(Main.run("schema", "--config", configFile.toString())).isZero();
    assertRefused("belongs to the keyspace " + name + ", and the configuration says");
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", config.kafka().bootstrapServers()));
  }
}
