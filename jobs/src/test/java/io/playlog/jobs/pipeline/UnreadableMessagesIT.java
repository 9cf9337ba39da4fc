package io.playlog.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playlog.config.PlaylogConfig;
import io.playlog.error.ExitCode;
import io.playlog.jobs.JobRun;
import io.playlog.jobs.pipeline.Segment.Damage;
import io.playlog.jobs.stream.StreamRun;
import io.playlog.listen.Hour;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches of messages that are damaged on the broker's disk, and how to move past them. */
class UnreadableMessagesIT {
  private static final Instant TIME = Instant.now().minus(Duration.ofHours(2));

  /** So long that each batch gets an entry in the segment's index. */
  private static final String SONG = "s".repeat(1_000);

  /** Messages of a batch. */
  private static final int BATCH = 5;

  private final LocalServers servers = LocalServers.shared();
  private String name;
  private Path configFile;
  private PlaylogConfig config;

  private void create(String name, Map<String, ?> more) throws Exception {
    this.name = name;
    configFile = servers.configFile(name, more);
    config = PlaylogConfig.load(configFile);
    servers.runProducer(configFile, "create-topics");
    JobRun.output(configFile, "schema");
  }

  /** Batches one after the other, in partition 0. */
  private void send(String topic, int from, int batches) {
    for (int batch = from; batch < from + batches; batch++) {
      List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
      for (int i = batch * BATCH; i < (batch + 1) * BATCH; i++) {
        byte[] value =
            topic.equals(name)
                ? ListenJson.toBytes(new Listen("n" + i, SONG, TIME.toEpochMilli()))
                : ("other " + i).getBytes(StandardCharsets.UTF_8);
        messages.add(new ProducerRecord<>(topic, 0, null, value));
      }
      sendBatch(messages);
    }
  }

  private void sendBatch(List<ProducerRecord<byte[], byte[]>> messages) {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", config.kafka().bootstrapServers(), "linger.ms", 10_000);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      messages.forEach(producer::send);
      producer.flush();
    }
  }

  private Segment segment(String topic) {
    return new Segment(servers.config().local().dir().resolve("kafka/data"), topic, 0);
  }

  private void runStream() throws TimeoutException {
    try (StreamRun stream = StreamRun.start(config)) {
      stream.processAllAvailable();
    }
  }

  private void assertStored(LongStream offsets) {
    try (CqlSession cql = servers.openSession()) {
      assertThat(cql.execute("SELECT DISTINCT name FROM " + name + ".records").all())
          .extracting(row -> row.getString(0))
          .containsExactlyInAnyOrderElementsOf(offsets.mapToObj(i -> "n" + i).toList());
    }
  }

  private JobRun skip(long offset, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--partition", "0", "--offset", String.valueOf(offset)));
    arguments.addAll(List.of(more));
    return JobRun.of(configFile, "skip-unreadable", arguments.toArray(String[]::new));
  }

  private List<ConsumerRecord<byte[], byte[]>> deadLetters() {
    return Topics.readAll(config.kafka().bootstrapServers(), config.kafka().deadLetterTopic());
  }

  private String audit() {
    return JobRun.output(
        configFile,
        "audit",
        "--from",
        TIME.toString(),
        "--to",
        Instant.now().plusSeconds(60).toString());
  }

  private void assertNoLag() throws Exception {
    assertThat(new ObjectMapper().readTree(JobRun.output(configFile, "status")).get("lag").asLong())
        .isZero();
  }

  @ParameterizedTest
  @EnumSource(value = Damage.class, mode = EnumSource.Mode.MATCH_NONE, names = "LENGTH_.*")
  void whatCanBeReadIsStored(Damage damage) throws Exception {
    create("damaged_" + damage.name().toLowerCase(Locale.ROOT), Map.of());
    send(name, 0, 4);
    segment(name).damage(damage, List.of(5L));

    JobRun stopped = JobRun.of(configFile, "stream");
    assertThat(stopped.error())
        .contains(
            "PL-713: ",
            " the message %s/0/5: ".formatted(name),
            "skip-unreadable --topic %s --partition 0 --offset 5".formatted(name));
    assertThat(stopped.exitCode()).isEqualTo(ExitCode.FAILED.code());

    JobRun dry = skip(5, "--dry-run");
    assertThat(dry.printed()).startsWith("would skip %s/0/5 to 9: offsets 5".formatted(name));
    assertThat(deadLetters()).isEmpty();
    assertThat(skip(5).printed()).startsWith("skipped %s/0/5 to 9: offsets 5".formatted(name));
    runStream();

    assertStored(LongStream.concat(LongStream.range(0, 5), LongStream.range(10, 20)));
    assertThat(deadLetters()).singleElement().satisfies(this::assertTellsOfTheBatch);
    assertNoLag();
    assertThat(audit())
        .contains(
            "in 20 = stored 15 + repeated 0 + dead-lettered 0 + skipped 5 + missing 0",
            "lag 0",
            "skipped %s/0/5 to 9: ".formatted(name));
  }

  private void assertTellsOfTheBatch(ConsumerRecord<byte[], byte[]> letter) {
    assertThat(letter.key()).isNull();
    assertThat(letter.value()).isNull();
    assertThat(DeadLetterTopic.header(letter, "playlog.reason")).isEqualTo("unreadable");
    assertThat(DeadLetterTopic.header(letter, "playlog.topic")).isEqualTo(name);
    assertThat(DeadLetterTopic.header(letter, "playlog.partition")).isEqualTo("0");
    assertThat(DeadLetterTopic.header(letter, "playlog.offset")).isEqualTo("5");
    assertThat(DeadLetterTopic.header(letter, "playlog.last-offset")).isEqualTo("9");
  }

  /** The broker looks for a batch from the index's last entry before it, over the damaged one. */
  @ParameterizedTest
  @EnumSource(value = Damage.class, names = "LENGTH_.*", mode = EnumSource.Mode.MATCH_ALL)
  void ofWrongLengthsTheStreamGetsPastToo(Damage damage) throws Exception {
    create("damaged_" + damage.name().toLowerCase(Locale.ROOT), Map.of());
    send(name, 0, 4);
    segment(name).damage(damage, List.of(5L));

    JobRun stopped;
    // The shortest that Spark allows beside its other times.
    System.setProperty("spark.network.timeout", "11s");
    System.setProperty("spark.network.timeoutInterval", "11s");
    try {
      stopped = JobRun.of(configFile, "stream");
    } finally {
      System.clearProperty("spark.network.timeout");
      System.clearProperty("spark.network.timeoutInterval");
    }
    assertThat(stopped.error())
        .contains(
            damage == Damage.LENGTH_TOO_LARGE ? "PL-201: " : "PL-713: ",
            "the message %s/0/5".formatted(name),
            "--partition 0 --offset 5");
    assertThat(skip(5).printed()).startsWith("skipped %s/0/5 to 13: offsets 9".formatted(name));
    runStream();

    assertStored(LongStream.concat(LongStream.range(0, 5), LongStream.range(14, 20)));
    assertNoLag();
    assertThat(audit()).contains("in 20 = stored 11 + ", " + skipped 9 + missing 0");
  }

  /** Such as when the stream stands in the middle of a batch. */
  @Test
  void batchesThatFollowEachOtherAreSkippedTogetherUpToTheEnd() throws Exception {
    create("damagedend", Map.of("stream.max-offsets-per-trigger", 7));
    send(name, 0, 4);
    segment(name).damage(Damage.VALUE, List.of(10L, 15L));

    assertThat(JobRun.of(configFile, "stream").error()).contains(name + "/0/10: ");
    assertThat(skip(17).printed()).startsWith("skipped damagedend/0/10 to 19: offsets 10");
    runStream();
    assertNoLag();
    send(name, 4, 1);
    runStream();

    assertStored(LongStream.concat(LongStream.range(0, 10), LongStream.range(20, 25)));
    assertThat(audit()).contains("in 25 = stored 15 + ", " + skipped 10 + missing 0");
    assertThat(
            JobRun.output(configFile, "audit", "--hour", Hour.of(TIME.toEpochMilli()).toString()))
        .contains("in 15 = stored 15 + ", "skipped damagedend/0/10 to 19: ");
  }

  /** A second time changes nothing, and neither does a message that can be read. */
  @Test
  void onlyWhatCannotBeReadIsSkippedAndOnlyOnce() throws Exception {
    create("damagedonce", Map.of());
    send(name, 0, 3);
    segment(name).damage(Damage.VALUE, List.of(5L));

    assertThat(skip(4).error()).contains("PL-714: ", "it can be read");
    assertThat(skip(10).error()).contains("PL-714: ");
    assertThat(skip(15).error()).contains("PL-715: ", "begin at 0 and end before 15");
    assertThat(skip(-1).error()).contains("PL-715: ");
    JobRun other = JobRun.of(configFile, "skip-unreadable", "--partition", "9", "--offset", "5");
    assertThat(other.error()).contains("PL-715: ", "has no partition 9");
    assertThat(skip(5, "--topic", "other").exitCode()).isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(deadLetters()).isEmpty();

    assertThat(skip(5).exitCode()).isZero();
    assertThat(skip(7).printed()).startsWith("already skipped damagedonce/0/5 to 9");
    assertThat(deadLetters()).hasSize(1);
  }

  @Test
  void aDamagedTopicOfDeadLettersIsReadToo() throws Exception {
    create("damagedletters", Map.of());
    String letters = config.kafka().deadLetterTopic();
    send(letters, 0, 3);
    segment(letters).damage(Damage.VALUE, List.of(5L));

    JobRun stopped = JobRun.of(configFile, "replay-dead-letters", "--reason", "not-json");
    assertThat(stopped.error())
        .contains("PL-713: ", "--topic %s --partition 0 --offset 5".formatted(letters));
    assertThat(skip(5, "--topic", letters).printed())
        .startsWith("skipped " + letters + "/0/5 to 9");

    assertThat(JobRun.output(configFile, "replay-dead-letters", "--reason", "not-json"))
        .contains("replayed 0 ", "left alone 10 messages");
    assertThat(audit()).contains("in 0 = stored 0 ");
  }
}
