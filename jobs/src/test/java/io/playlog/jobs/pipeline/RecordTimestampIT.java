package io.playlog.jobs.pipeline;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.JobRun;
import io.playlog.jobs.stream.StreamRun;
import io.playlog.listen.Hour;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A topic with its producers' times, some of which count in other units. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RecordTimestampIT {
  private static final String NAME = "recordtimes";
  private static final long NOW = Instant.now().toEpochMilli();

  /** Record timestamps that are none, by the name of the listener; the listens are of now. */
  private static final Map<String, Long> TIMES = new LinkedHashMap<>();

  static {
    TIMES.put("nanoseconds", NOW * 1_000_000);
    TIMES.put("largest", Long.MAX_VALUE);
    TIMES.put("ticks", NOW * 10_000);
    TIMES.put("microseconds", NOW * 1000);
    TIMES.put("seconds", NOW / 1000);
    TIMES.put("zero", 0L);
  }

  private static LocalServers servers;
  private static Path configFile;
  private static PlaylogConfig config;

  @BeforeAll
  static void fillTheTopic() throws Exception {
    servers = LocalServers.shared();
    configFile = servers.configFile(NAME, Map.of());
    config = PlaylogConfig.load(configFile);
    servers.runProducer(configFile, "create-topics");
    JobRun.output(configFile, "schema");
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", config.kafka().bootstrapServers()))) {
      Topics.alter(admin, NAME, "message.timestamp.type", "CreateTime");
      String any = String.valueOf(Long.MAX_VALUE);
      Topics.alter(admin, NAME, "message.timestamp.after.max.ms", any);
      Topics.alter(admin, NAME, "message.timestamp.before.max.ms", any);
    }
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    messages.add(message("before", NOW, NOW));
    TIMES.forEach((name, time) -> messages.add(message(name, time, NOW)));
    messages.add(message("same unit", NOW * 1000, NOW * 1000));
    messages.add(message("after", NOW, NOW));
    Topics.sendAll(config.kafka().bootstrapServers(), messages);
  }

  private static ProducerRecord<byte[], byte[]> message(String name, long time, long eventTime) {
    return new ProducerRecord<>(
        NAME, 0, time, null, ListenJson.toBytes(new Listen(name, "s", eventTime)));
  }

  private static void runStream() throws TimeoutException {
    try (StreamRun stream = StreamRun.start(config)) {
      stream.processAllAvailable();
    }
  }

  private static List<String> storedNames() {
    try (CqlSession cql = servers.openSession()) {
      return cql.execute("SELECT DISTINCT name FROM " + NAME + ".records").all().stream()
          .map(row -> row.getString(0))
          .toList();
    }
  }

  private static String listener(ConsumerRecord<byte[], byte[]> letter) {
    try {
      return new ObjectMapper().readTree(letter.value()).get("name").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String audit(String... more) {
    List<String> arguments = new ArrayList<>(List.of("--hour", Hour.of(NOW).toString()));
    arguments.addAll(List.of(more));
    return JobRun.output(configFile, "audit", arguments.toArray(String[]::new));
  }

  @Test
  @Order(1)
  void neverStopTheStreamAndBecomeDeadLetters() throws TimeoutException {
    runStream();

    assertThat(storedNames()).containsExactlyInAnyOrder("before", "after");
    Map<String, String> times =
        DeadLetterTopic.byCoordinates(config.kafka()).values().stream()
            .flatMap(List::stream)
            .filter(
                letter ->
                    DeadLetterTopic.header(letter, "playlog.reason")
                        .equals("record-timestamp-implausible"))
            .collect(
                toMap(
                    letter ->
                        new String(letter.value()).replaceAll(".*\"name\":\"([^\"]*)\".*", "$1"),
                    letter -> DeadLetterTopic.header(letter, "playlog.timestamp")));
    Map<String, String> expected = new LinkedHashMap<>();
    TIMES.forEach((name, time) -> expected.put(name, String.valueOf(time)));
    expected.put("same unit", String.valueOf(NOW * 1000));
    assertThat(times).isEqualTo(expected);
  }

  @Test
  @Order(2)
  void neverStopTheAudit() {
    assertThat(audit()).contains("in 2 = stored 2 + repeated 0 + dead-lettered 0 + missing 0");
  }

  /** Missing listens are read again by a plan that joins the topic's rows. */
  @Test
  @Order(3)
  void neverStopARepair() {
    try (CqlSession cql = servers.openSession()) {
      cql.execute("DELETE FROM " + NAME + ".records WHERE name = 'after'");
    }
    assertThat(audit("--repair")).contains("missing 1", "repaired 1: listens 1, dead letters 0");
    assertThat(storedNames()).containsExactlyInAnyOrder("before", "after");
  }

  /** A message that is sent again gets the time at which that is done. */
  @Test
  @Order(4)
  void areListensWhenTheyAreReplayed() throws TimeoutException {
    assertThat(
            JobRun.output(
                configFile, "replay-dead-letters", "--reason", "record-timestamp-implausible"))
        .startsWith("replayed %d ".formatted(TIMES.size() + 1));
    runStream();

    List<String> expected = new ArrayList<>(TIMES.keySet());
    expected.addAll(List.of("before", "after"));
    assertThat(storedNames()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(audit()).contains("in 8 = stored 8 ");
  }
}
