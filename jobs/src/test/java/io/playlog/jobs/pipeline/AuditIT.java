package io.playlog.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.playlog.config.PlaylogConfig;
import io.playlog.error.ExitCode;
import io.playlog.jobs.JobRun;
import io.playlog.jobs.context.JobContext;
import io.playlog.jobs.context.TaskCount;
import io.playlog.jobs.kafka.Message;
import io.playlog.jobs.kafka.TopicReader;
import io.playlog.jobs.stream.StreamRun;
import io.playlog.kafka.OffsetRange;
import io.playlog.kafka.SkippedRanges;
import io.playlog.kafka.Topic;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenJson;
import io.playlog.store.ListenersByHour;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.spark.sql.Dataset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What the audit says of a topic whose messages are known, as one harm after the other is done. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AuditIT {
  private static final String NAME = "audited";
  private static final int PRODUCED = 2_000;
  private static final Instant HOUR =
      Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(2));
  private static final Instant START = Instant.now().minusSeconds(60);
  private static final Instant END = START.plus(Duration.ofDays(1));

  private static final String LISTENER = "O'Brien\n🎧";

  /** One listener in one millisecond: two listens, of which one is sent three times. */
  private static final List<byte[]> MORE_LISTENS =
      List.of(listen("Twice"), listen("Once"), listen("Twice"), listen("Twice"));

  private static final List<byte[]> NO_LISTENS = List.of(bytes("no json"), bytes("[]"), bytes("7"));
  private static final String NOT_ALL =
      "not all was read yet: run this again when the stream has caught up";
  private static final int ALL = PRODUCED + MORE_LISTENS.size() + NO_LISTENS.size();

  private static LocalServers servers;
  private static Path configFile;
  private static PlaylogConfig config;
  private static CqlSession cql;
  private static Admin admin;

  private static byte[] listen(String song) {
    return ListenJson.toBytes(new Listen(LISTENER, song, HOUR.toEpochMilli()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @BeforeAll
  static void fillTheTopic() throws Exception {
    servers = LocalServers.shared();
    configFile = servers.configFile(NAME, Map.of());
    config = PlaylogConfig.load(configFile);
    cql = servers.openSession();
    admin = Admin.create(Map.of("bootstrap.servers", config.kafka().bootstrapServers()));
    assertThat(job("schema").exitCode()).isZero();
    servers.runProducer(configFile, "create-topics");
    servers.runProducer(
        configFile,
        "--from",
        HOUR.toString(),
        "--to",
        HOUR.plus(Duration.ofHours(1)).toString(),
        "--count",
        String.valueOf(PRODUCED));
    send(MORE_LISTENS);
    send(NO_LISTENS);
  }

  @AfterAll
  static void close() {
    cql.close();
    admin.close();
  }

  private static void send(List<byte[]> values) {
    Topics.send(config.kafka().bootstrapServers(), NAME, values);
  }

  private static JobRun job(String command, String... more) {
    return JobRun.of(configFile, command, more);
  }

  private static JobRun audit(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--from", START.toString(), "--to", END.toString()));
    arguments.addAll(Arrays.asList(more));
    return job("audit", arguments.toArray(String[]::new));
  }

  private static JobRun auditHour(String... more) {
    List<String> arguments = new ArrayList<>(List.of("--hour", HOUR.toString()));
    arguments.addAll(Arrays.asList(more));
    return job("audit", arguments.toArray(String[]::new));
  }

  private static void assertSays(JobRun run, ExitCode exitCode, String... lines) {
    assertThat(run.printed().lines()).contains(lines);
    assertThat(run.exitCode()).isEqualTo(exitCode.code());
  }

  private static String equation(long stored, long repeated, long deadLettered, long missing) {
    return "in %d = stored %d + repeated %d + dead-lettered %d + missing %d"
        .formatted(
            stored + repeated + deadLettered + missing, stored, repeated, deadLettered, missing);
  }

  private static void runStream() throws Exception {
    try (StreamRun stream = StreamRun.start(config)) {
      stream.processAllAvailable();
    }
  }

  @Test
  @Order(1)
  void beforeTheStreamEverRanNothingIsRead() {
    assertSays(audit(), ExitCode.NOT_CAUGHT_UP, equation(0, 0, 0, 0), "lag " + ALL, NOT_ALL);
  }

  @Test
  @Order(2)
  void ofAGoodStateEveryMessageIsAccountedFor() throws Exception {
    runStream();
    assertSays(audit(), ExitCode.OK, equation(PRODUCED + 2, 2, 3, 0), "lag 0");
    assertSays(auditHour(), ExitCode.OK, equation(PRODUCED + 2, 2, 0, 0), "lag 0");
  }

  /** The audit's progress; a message that is read is counted when it is read. */
  @Test
  @Order(2)
  void messagesAreCountedAsTheyAreRead() {
    Map<Integer, OffsetRange> ranges = new TreeMap<>();
    try (Topic topic = Topic.ofListens(config.kafka());
        JobContext job = JobContext.open("test", config)) {
      topic
          .endOffsets()
          .forEach((partition, end) -> ranges.put(partition, new OffsetRange(0, end)));
      TaskCount read = job.count(TaskCount.RECORDS_READ);
      Dataset<org.apache.spark.sql.Row> messages =
          TopicReader.batch(job.spark(), config.kafka(), NAME, ranges, SkippedRanges.NONE);
      assertThat(Message.of(messages).count()).isEqualTo(ALL);
      await().until(() -> read.getAsLong() == ALL);
    }
  }

  @Test
  @Order(3)
  void aTimeOrAnHourWithoutMessagesIsFine() {
    String before = START.minusSeconds(60).toString();
    assertSays(
        job("audit", "--from", before, "--to", START.toString()),
        ExitCode.OK,
        equation(0, 0, 0, 0),
        "lag 0");
    assertSays(
        job("audit", "--hour", HOUR.minus(Duration.ofHours(1)).toString()),
        ExitCode.OK,
        equation(0, 0, 0, 0));
  }

  @Test
  @Order(4)
  void aRowDeletedByHandIsMissing() {
    assertThat(job("hourly-summary", "--due").exitCode()).isZero();
    cql.execute(
        "DELETE FROM audited.records WHERE name = ? AND event_time = ? AND song_name = ?",
        LISTENER,
        HOUR,
        "Twice");

    JobRun found = audit();
    assertSays(found, ExitCode.MISSING, equation(PRODUCED + 1, 2, 3, 1), "lag 0");
    String listed = ": \"O'Brien\\n🎧\", %s, \"Twice\"".formatted(HOUR);
    assertThat(found.printed().lines())
        .filteredOn(line -> line.startsWith("missing listen audited/"))
        .singleElement()
        .asString()
        .endsWith(listed);
    assertSays(auditHour(), ExitCode.MISSING, equation(PRODUCED + 1, 2, 0, 1));
    assertSays(audit("--list", "0"), ExitCode.MISSING, "and 1 more");
  }

  @Test
  @Order(5)
  void whomNoReportWouldFindIsMissingAsAWhole() {
    int shard = ListenersByHour.shard(LISTENER);
    cql.execute(
        "DELETE FROM audited.listeners_by_hour WHERE hour = ? AND shard = ? AND name = ?",
        HOUR,
        shard,
        LISTENER);

    assertSays(auditHour(), ExitCode.MISSING, equation(PRODUCED, 2, 0, 2));
  }

  @Test
  @Order(5)
  void aRepairWithABrokenCatalogueChangesNothing() throws Exception {
    Path broken = Files.writeString(configFile.resolveSibling("broken.csv"), "no,catalogue\n");
    Path file =
        Files.writeString(
            configFile.resolveSibling("audited-broken.conf"),
            Files.readString(configFile) + "playlog.catalogue.path = \"" + broken + "\"\n");
    assertThat(JobRun.of(file, "audit", "--hour", HOUR.toString(), "--repair").exitCode())
        .isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(cql.execute("SELECT * FROM audited.hour_marks").all()).isEmpty();
  }

  @Test
  @Order(6)
  void repairedItIsStoredAndItsHourPublishedAgain() {
    Instant published = publishedAt();

    assertSays(
        auditHour("--repair"),
        ExitCode.OK,
        equation(PRODUCED, 2, 0, 2),
        "repaired 2: listens 2, dead letters 0",
        "hours made due 1: first %s, last %s".formatted(HOUR, HOUR));
    assertSays(audit(), ExitCode.OK, equation(PRODUCED + 2, 2, 3, 0));

    assertThat(job("hourly-summary", "--due").exitCode()).isZero();
    assertThat(publishedAt()).isAfter(published);
    Row summary =
        cql.execute(
                "SELECT songs_listened, computed_at FROM audited.user_hourly_summary"
                    + " WHERE name = ? AND hour = ?",
                LISTENER,
                HOUR)
            .one();
    assertThat(summary.getInt("songs_listened")).isEqualTo(2);
    assertThat(summary.getInstant("computed_at")).isAfter(published);
  }

  private static Instant publishedAt() {
    return cql.execute(
            "SELECT finished_at FROM audited.report_runs WHERE day = ? AND hour = ?",
            LocalDate.ofInstant(HOUR, ZoneOffset.UTC),
            HOUR)
        .one()
        .getInstant("finished_at");
  }

  @Test
  @Order(7)
  void deadLettersThatAreAbsentAreMissingAndSentAgain() throws Exception {
    deleteRecords(config.kafka().deadLetterTopic());

    JobRun found = audit();
    assertSays(found, ExitCode.MISSING, equation(PRODUCED + 2, 2, 0, 3));
    assertThat(found.printed().lines())
        .filteredOn(line -> line.startsWith("missing dead letter audited/"))
        .map(line -> line.replaceAll(".*: (.*), written .*", "$1"))
        .containsExactlyInAnyOrder("not-json", "not-an-object", "not-an-object");

    assertSays(
        audit("--repair"),
        ExitCode.OK,
        equation(PRODUCED + 2, 2, 0, 3),
        "repaired 3: listens 0, dead letters 3");
    assertSays(audit(), ExitCode.OK, equation(PRODUCED + 2, 2, 3, 0));
    assertThat(Topics.readAll(config.kafka().bootstrapServers(), config.kafka().deadLetterTopic()))
        .extracting(ConsumerRecord::value)
        .containsExactlyInAnyOrderElementsOf(NO_LISTENS);
  }

  @Test
  @Order(8)
  void whatTheStreamHasNotReadIsNeitherStoredNorMissing() {
    send(List.of(listen("Unread"), listen("Unread"), bytes("unread")));
    assertSays(audit(), ExitCode.NOT_CAUGHT_UP, equation(PRODUCED + 2, 2, 3, 0), "lag 3", NOT_ALL);
    assertSays(
        auditHour(), ExitCode.NOT_CAUGHT_UP, equation(PRODUCED + 2, 2, 0, 0), "lag 3", NOT_ALL);
  }

  @Test
  @Order(9)
  void aTopicThatProducersStampHasNoOrderOfTime() throws Exception {
    Topics.alter(admin, NAME, "message.timestamp.type", "CreateTime");
    assertThat(audit().exitCode()).isEqualTo(ExitCode.NOT_AUDITABLE.code());
    Topics.alter(admin, NAME, "message.timestamp.type", "LogAppendTime");
    assertThat(audit().exitCode()).isEqualTo(ExitCode.NOT_CAUGHT_UP.code());
  }

  @Test
  @Order(10)
  void whatHasLeftTheTopicCannotBeAudited() throws Exception {
    runStream();
    deleteRecords(NAME);
    send(List.of(listen("After"), listen("After")));
    runStream();

    JobRun run = audit();
    assertSays(run, ExitCode.NOT_AUDITABLE, equation(1, 1, 0, 0), "lag 0");
    assertThat(run.printed().lines())
        .anyMatch(line -> line.matches("cannot be audited before .*Z: .* have left the topic"));
    assertThat(auditHour().exitCode()).isEqualTo(ExitCode.NOT_AUDITABLE.code());
  }

  @Test
  @Order(11)
  void ofARecreatedTopicNothingIsRead() throws Exception {
    admin.deleteTopics(List.of(NAME)).all().get();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> !admin.listTopics().names().get().contains(NAME));
    servers.runProducer(configFile, "create-topics");
    send(NO_LISTENS);
    assertSays(audit(), ExitCode.NOT_CAUGHT_UP, equation(0, 0, 0, 0), "lag 3", NOT_ALL);
  }

  private static void deleteRecords(String topic) throws Exception {
    Map<TopicPartition, RecordsToDelete> all =
        IntStream.range(0, config.kafka().partitions())
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .collect(Collectors.toMap(Function.identity(), p -> RecordsToDelete.beforeOffset(-1)));
    admin.deleteRecords(all).all().get();
  }
}
