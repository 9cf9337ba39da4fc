package io.playlog.jobs.pipeline;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.playlog.config.KafkaSettings;
import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.JobRun;
import io.playlog.jobs.stream.StreamRun;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenJson;
import io.playlog.listen.RejectReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** An invalid message is kept as it came, disturbs nothing, and can be sent again. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BadInputIT {
  private static final String NAME = "badinput";
  private static final int IN_A_ROW = 100_000;
  private static final List<BadMessages.Bad> KINDS = BadMessages.all();

  private static LocalServers servers;
  private static Path configFile;
  private static PlaylogConfig config;
  private static KafkaSettings kafka;
  private static final Set<String> good = new HashSet<>();

  @BeforeAll
  static void fillTheTopic() throws IOException, InterruptedException {
    servers = LocalServers.shared();
    configFile = servers.configFile(NAME, Map.of("stream.max-offsets-per-trigger", 30_000));
    config = PlaylogConfig.load(configFile);
    kafka = config.kafka();
    servers.runProducer(configFile, "create-topics");
    JobRun.output(configFile, "schema");

    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    for (int i = 0; i < KINDS.size(); i++) {
      messages.add(goodListen(i, ""));
      messages.add(bad(i, KINDS.get(i).value()));
    }
    messages.add(goodListen(KINDS.size(), "x".repeat(BadMessages.LARGE)));
    for (int i = 0; i < IN_A_ROW; i++) {
      messages.add(new ProducerRecord<>(NAME, 0, null, bytes("no listen " + i)));
    }
    messages.add(goodListen(KINDS.size() + 1, ""));
    Topics.sendAll(kafka.bootstrapServers(), messages);
  }

  /** All in the partition of the bad ones. */
  private static ProducerRecord<byte[], byte[]> goodListen(int number, String more) {
    long now = Instant.now().toEpochMilli();
    good.add("good " + number);
    String json =
        new String(
            ListenJson.toBytes(new Listen("good " + number, "s", now)), StandardCharsets.UTF_8);
    return new ProducerRecord<>(
        NAME, 0, null, bytes("{\"more\":\"" + more + "\"," + json.substring(1)));
  }

  private static ProducerRecord<byte[], byte[]> bad(int kind, byte[] value) {
    byte[] key = kind % 2 == 0 ? null : new byte[] {(byte) 0xff, (byte) kind};
    ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(NAME, 0, key, value);
    message.headers().add("kind", bytes(String.valueOf(kind)));
    message.headers().add("kind", new byte[] {0, (byte) 0xff});
    message.headers().add("none", null);
    return message;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void runStream() throws TimeoutException {
    try (StreamRun stream = StreamRun.start(config)) {
      stream.processAllAvailable();
    }
  }

  private static Set<String> storedNames() {
    try (CqlSession cql = servers.openSession()) {
      return cql.execute("SELECT DISTINCT name FROM " + NAME + ".records").all().stream()
          .map(row -> row.getString(0))
          .collect(toSet());
    }
  }

  private static boolean isGood(ConsumerRecord<byte[], byte[]> message) {
    return message.value() != null
        && new String(message.value(), StandardCharsets.UTF_8).contains("\"name\":\"good ");
  }

  /** Dead letters are the bad messages of the topic, no more and no less, as they came. */
  private static void assertLettersAreTheBadMessages() {
    Map<String, ConsumerRecord<byte[], byte[]>> source = DeadLetterTopic.source(kafka);
    Map<String, List<ConsumerRecord<byte[], byte[]>>> letters =
        DeadLetterTopic.byCoordinates(kafka);

    Map<String, String> expected =
        source.entrySet().stream()
            .filter(message -> !isGood(message.getValue()))
            .collect(
                toMap(Map.Entry::getKey, message -> DeadLetterTopic.content(message.getValue())));
    for (int copy = 0; copy < 2; copy++) {
      int last = copy;
      Map<String, String> found =
          letters.entrySet().stream()
              .collect(
                  toMap(
                      Map.Entry::getKey,
                      of ->
                          DeadLetterTopic.content(
                              of.getValue().get(last == 0 ? 0 : of.getValue().size() - 1))));
      assertThat(found.equals(expected)).isTrue();
    }
    letters.forEach(
        (coordinates, copies) ->
            assertThat(copies)
                .allSatisfy(
                    letter ->
                        assertThat(DeadLetterTopic.header(letter, "playlog.timestamp"))
                            .isEqualTo(String.valueOf(source.get(coordinates).timestamp()))));
  }

  @Test
  @Order(1)
  void goodListensAmongBadMessagesAreStored() throws TimeoutException {
    runStream();

    assertThat(storedNames()).isEqualTo(good);
  }

  @Test
  @Order(2)
  void badMessagesAreKeptAsTheyCame() {
    assertLettersAreTheBadMessages();
    assertThat(DeadLetterTopic.byCoordinates(kafka)).hasSize(KINDS.size() + IN_A_ROW);
  }

  @Test
  @Order(3)
  void everyKindHasItsReason() {
    Map<String, String> reasons =
        DeadLetterTopic.byCoordinates(kafka).values().stream()
            .map(copies -> copies.get(0))
            .filter(letter -> letter.headers().headers("kind").iterator().hasNext())
            .collect(
                toMap(
                    letter ->
                        new String(
                            letter.headers().headers("kind").iterator().next().value(),
                            StandardCharsets.UTF_8),
                    letter -> DeadLetterTopic.header(letter, "playlog.reason")));

    assertThat(reasons)
        .isEqualTo(
            IntStream.range(0, KINDS.size())
                .boxed()
                .collect(toMap(String::valueOf, kind -> KINDS.get(kind).reason().code())));
  }

  @Test
  @Order(4)
  void aReplayOfTheTopicGivesTheSameLetters() throws Exception {
    try (StreamRun again = StreamRun.startWithoutCheckpoint(config)) {
      again.processAllAvailable();
    }

    assertThat(DeadLetterTopic.byCoordinates(kafka).values())
        .allSatisfy(copies -> assertThat(copies).hasSize(2));
    assertLettersAreTheBadMessages();
    assertThat(storedNames()).isEqualTo(good);
  }

  private static long kindsOf(RejectReason reason) {
    return KINDS.stream().filter(kind -> kind.reason() == reason).count();
  }

  private static String replay(RejectReason reason, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--reason", reason.code()));
    arguments.addAll(List.of(more));
    return JobRun.output(configFile, "replay-dead-letters", arguments.toArray(String[]::new))
        .strip();
  }

  @Test
  @Order(5)
  void aDryRunSendsNothing() {
    Set<String> before = DeadLetterTopic.source(kafka).keySet();
    long expected = kindsOf(RejectReason.NOT_JSON) + IN_A_ROW;

    assertThat(replay(RejectReason.NOT_JSON, "--dry-run"))
        .isEqualTo(
            "would replay %d (of %d dead letters with reason not-json)"
                .formatted(expected, 2 * expected));
    assertThat(replay(RejectReason.NOT_JSON, "--dry-run", "--to", "2026-01-01T00:00Z"))
        .isEqualTo(
            "would replay 0 (of %d dead letters with reason not-json)".formatted(2 * expected));
    assertThat(DeadLetterTopic.source(kafka).keySet()).isEqualTo(before);
  }

  @Test
  @Order(6)
  void replayedLettersComeBackWithTheirFirstOrigin() throws TimeoutException {
    List<RejectReason> reasons =
        List.of(
            RejectReason.NO_VALUE,
            RejectReason.NOT_UTF8,
            RejectReason.NAME_TOO_LONG,
            RejectReason.TIMESTAMP_TOO_EARLY);
    Map<String, ConsumerRecord<byte[], byte[]>> first = DeadLetterTopic.source(kafka);
    for (RejectReason reason : reasons) {
      long kinds = kindsOf(reason);
      assertThat(replay(reason))
          .isEqualTo(
              "replayed %d (of %d dead letters with reason %s)"
                  .formatted(kinds, 2 * kinds, reason.code()));
    }
    assertReplayedOnce(first, first.keySet(), reasons);
    runStream();
    assertLettersAreTheBadMessages();

    // Letters of the replay are there besides, and stand for the same messages.
    Set<String> second = DeadLetterTopic.source(kafka).keySet();
    for (RejectReason reason : reasons) {
      long kinds = kindsOf(reason);
      assertThat(replay(reason))
          .isEqualTo(
              "replayed %d (of %d dead letters with reason %s)"
                  .formatted(kinds, 3 * kinds, reason.code()));
    }
    assertReplayedOnce(first, second, reasons);
    runStream();
    assertLettersAreTheBadMessages();
    assertThat(storedNames()).isEqualTo(good);
  }

  /** The messages that are new in the topic are those with these reasons, each once. */
  private static void assertReplayedOnce(
      Map<String, ConsumerRecord<byte[], byte[]>> first,
      Set<String> before,
      List<RejectReason> reasons) {
    Map<String, ConsumerRecord<byte[], byte[]>> replayed = DeadLetterTopic.source(kafka);
    replayed.keySet().removeAll(before);
    Map<String, ConsumerRecord<byte[], byte[]>> byOrigin =
        replayed.values().stream()
            .collect(
                toMap(message -> DeadLetterTopic.header(message, "playlog.replayed-from"), m -> m));

    assertThat(byOrigin).hasSize((int) reasons.stream().mapToLong(BadInputIT::kindsOf).sum());
    byOrigin.forEach(
        (origin, message) -> {
          assertThat(DeadLetterTopic.content(message))
              .isEqualTo(DeadLetterTopic.content(first.get(origin)));
          assertThat(message.headers().headers("playlog.reason")).isEmpty();
        });
  }
}
