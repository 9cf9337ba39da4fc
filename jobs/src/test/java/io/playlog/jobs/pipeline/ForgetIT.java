package io.playlog.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.playlog.config.PlaylogConfig;
import io.playlog.error.ExitCode;
import io.playlog.jobs.JobRun;
import io.playlog.jobs.catalogue.SongFile;
import io.playlog.jobs.context.JobContext;
import io.playlog.jobs.forget.ForgetGuard;
import io.playlog.jobs.stream.StreamRun;
import io.playlog.kafka.Topic;
import io.playlog.listen.Hour;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenJson;
import io.playlog.store.Forgotten;
import io.playlog.store.Forgotten.Mark;
import io.playlog.store.ListenersByHour;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Who is forgotten does not come back, and nobody else is touched. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ForgetIT {
  private static final String NAME = "forgotten_it";
  private static final Hour HOUR = Hour.of(Instant.now()).previous().previous().previous();
  private static final Hour NEXT = HOUR.next();
  private static final Hour OLD = Hour.parse("2011-05-06T07:00Z");
  private static final long AHEAD =
      ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now().plus(Duration.ofHours(5)));
  private static final List<String> TABLES =
      List.of("records", "user_hourly_summary", "listeners_by_hour", "listeners");

  @TempDir private static Path folder;
  private static LocalServers servers;
  private static Path configFile;
  private static PlaylogConfig config;
  private static CqlSession cql;
  private static JobContext job;

  @BeforeAll
  static void publishTwoListeners() throws Exception {
    Path catalogue = Files.writeString(folder.resolve("songs.csv"), SongFile.csv(1000, "known"));
    servers = LocalServers.shared();
    configFile =
        servers.configFile(NAME, Map.of("catalogue.path", catalogue, "kafka.partitions", 2));
    config = PlaylogConfig.load(configFile);
    cql = servers.openSession();
    servers.runProducer(configFile, "create-topics");
    JobRun.output(configFile, "schema");
    job = JobContext.open("test", config);
    for (String name : List.of("Ada", "Bob")) {
      send(name, "known", HOUR.start());
      send(name, "unknown", HOUR.start().plusSeconds(1800));
      send(name, "known", NEXT.start());
      send(name, "unknown", OLD.start());
    }
    Topics.sendAll(
        config.kafka().bootstrapServers(),
        List.of(new ProducerRecord<>(NAME, 0, null, bytes("no listen"))));
    runStream();
    JobRun.output(configFile, "hourly-summary", "--due");
  }

  @AfterAll
  static void close() {
    job.close();
    cql.close();
  }

  private static void send(String name, String song, Instant time) {
    Topics.send(config.kafka().bootstrapServers(), NAME, List.of(listen(name, song, time)));
  }

  private static byte[] listen(String name, String song, Instant time) {
    return ListenJson.toBytes(new Listen(name, song, time.toEpochMilli()));
  }

  private static void runStream() throws Exception {
    try (StreamRun stream = StreamRun.start(config)) {
      stream.processAllAvailable();
    }
  }

  private static void replayAll() throws Exception {
    try (StreamRun stream = StreamRun.startWithoutCheckpoint(config)) {
      stream.processAllAvailable();
    }
  }

  private static String forget(String name, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--listener", name));
    arguments.addAll(List.of(more));
    return JobRun.output(configFile, "forget", arguments.toArray(String[]::new));
  }

  private static List<Row> select(String query, Object... values) {
    return cql.execute(query.replace("%s", NAME), values).all();
  }

  /** All rows of a listener, in all tables. */
  private static Set<String> rows(String name) {
    Set<String> rows = new TreeSet<>();
    for (String table : TABLES) {
      for (Row row : select("SELECT * FROM %s." + table)) {
        if (row.getString("name").equals(name)) {
          rows.add(table + " " + row.getFormattedContents());
        }
      }
    }
    return rows;
  }

  private static Set<String> all(String table) {
    return select("SELECT * FROM %s." + table).stream()
        .map(Row::getFormattedContents)
        .collect(Collectors.toSet());
  }

  private static List<String> listens(String name) {
    return select("SELECT event_time, song_name FROM %s.records WHERE name = ?", name).stream()
        .map(row -> row.getInstant(0) + " " + row.getString(1))
        .toList();
  }

  private static int songsListened(String name, Hour hour) {
    return select(
            "SELECT songs_listened FROM %s.user_hourly_summary WHERE name = ? AND hour = ?",
            name, hour.start())
        .stream()
        .mapToInt(row -> row.getInt(0))
        .sum();
  }

  private static void assertDue(int hours) {
    assertThat(JobRun.output(configFile, "status")).contains("\"hours_due\":" + hours);
  }

  private static void insertRecord(String name, String song, Instant time, long timestamp) {
    select(
        "INSERT INTO %s.records (name, event_time, song_name) VALUES (?, ?, ?) USING TIMESTAMP ?",
        name, time, song, timestamp);
  }

  private static void insertEntry(String name, Hour hour, long timestamp) {
    select(
        "INSERT INTO %s.listeners_by_hour (hour, shard, name) VALUES (?, ?, ?) USING TIMESTAMP ?",
        hour.start(), ListenersByHour.shard(name), name, timestamp);
  }

  private static void insertSummary(String name, Hour hour, long timestamp) {
    select(
        "INSERT INTO %s.user_hourly_summary (name, hour, songs_listened) VALUES (?, ?, 77)"
            + " USING TIMESTAMP ?",
        name, hour.start(), timestamp);
  }

  private static void insertName(String name, String folded, long timestamp) {
    select(
        "INSERT INTO %s.listeners (initial, folded, name) VALUES (?, ?, ?) USING TIMESTAMP ?",
        folded.substring(0, 1), folded, name, timestamp);
  }

  private static boolean isListed(String name) {
    return rows(name).stream().anyMatch(row -> row.startsWith("listeners "));
  }

  private static long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  @Test
  @Order(1)
  void aDryRunCountsAndChangesNothing() {
    Set<String> ada = rows("Ada");
    assertThat(ada).hasSize(4 + 3 + 3 + 1);

    assertThat(forget("Ada", "--dry-run").lines())
        .contains(
            "listener \"Ada\", of all times",
            "would delete: listens 4 in 3 hours, summaries 3, entries of listeners_by_hour 3, of listeners 1")
        .anyMatch(
            line -> line.matches("still in topic forgotten_it \\(messages\\): .*Z on and by .*"))
        .anyMatch(line -> line.startsWith("still in topic forgotten_it.dead-letters ("))
        .noneMatch(line -> line.startsWith("deleted"));
    assertThat(rows("Ada")).isEqualTo(ada);
    assertThat(all("forgotten")).isEmpty();
  }

  /** Half an hour is left in one of the two, and its entry with it. */
  @Test
  @Order(1)
  void aDryRunOfAPartOfAnHourCountsWhatWillGo() {
    String halfPast = HOUR.start().plusSeconds(1800).toString();
    assertThat(forget("Bob", "--dry-run", "--from", halfPast, "--to", NEXT.end().toString()))
        .contains(
            "would delete: listens 2 in 2 hours, summaries 2, entries of listeners_by_hour 1, of listeners 0");
    String quarter = HOUR.start().plusSeconds(900).toString();
    assertThat(forget("Bob", "--dry-run", "--from", quarter, "--to", halfPast))
        .contains(
            "would delete: listens 0 in 0 hours, summaries 0, entries of listeners_by_hour 0, of listeners 0",
            "nothing is stored of this listener and time");
  }

  @Test
  @Order(1)
  void whoIsNotThereIsSaidToBeUnknown() {
    assertThat(forget("Adda", "--dry-run").lines())
        .contains(
            "would delete: listens 0 in 0 hours, summaries 0, entries of listeners_by_hour 0, of listeners 0",
            "nothing is stored of this listener and time: is the name exactly this?");
  }

  @Test
  @Order(2)
  void allOfAListenerGoesAndNothingElse() {
    Set<String> bob = rows("Bob");
    Set<String> reports = all("report_runs");
    Set<String> touched = all("hours_touched");

    assertThat(forget("Ada").lines())
        .contains(
            "deletes: listens 4 in 3 hours, summaries 3, entries of listeners_by_hour 3, of listeners 1",
            "deleted; hours made due 0")
        .noneMatch(line -> line.contains("the stream has not read"));

    assertThat(rows("Ada")).isEmpty();
    assertThat(rows("Bob")).isEqualTo(bob).hasSize(4 + 3 + 3 + 1);
    assertThat(all("report_runs")).isEqualTo(reports);
    assertThat(all("hours_touched")).isEqualTo(touched);
    assertThat(all("hour_marks")).isEmpty();
    assertDue(0);
  }

  @Test
  @Order(3)
  void theAuditCountsItApartAndHasNothingToRepair() {
    JobRun audit = JobRun.of(configFile, "audit", "--hour", HOUR.toString(), "--repair");
    assertThat(audit.printed().lines())
        .contains("in 4 = stored 2 + repeated 0 + dead-lettered 0 + forgotten 2 + missing 0");
    assertThat(audit.exitCode()).isEqualTo(ExitCode.OK.code());
    assertThat(rows("Ada")).isEmpty();
  }

  @Test
  @Order(4)
  void aReplayDoesNotBringItBack() throws Exception {
    Set<String> before = all("stream_progress");
    replayAll();

    assertThat(rows("Ada")).isEmpty();
    assertThat(listens("Bob")).hasSize(4);
    assertThat(all("stream_progress")).isEqualTo(before);
    assertThat(select("SELECT obeyed FROM %s.forgotten").get(0).getBoolean(0)).isTrue();
    assertDue(0);
  }

  @Test
  @Order(5)
  void norDoARematchAndAReport() {
    assertThat(
            JobRun.output(
                configFile, "rematch", "--from", OLD.toString(), "--to", NEXT.end().toString()))
        .contains("unmatched 2, matched now 0");
    JobRun.output(configFile, "hourly-summary", "--hour", HOUR.toString());
    assertThat(rows("Ada")).isEmpty();
    assertThat(songsListened("Bob", HOUR)).isEqualTo(2);
  }

  @Test
  @Order(6)
  void norDoesAReplayedDeadLetter() throws Exception {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(config.kafka().deadLetterTopic(), listen("Ada", "s", OLD.start()));
    Map.of("reason", "not-json", "topic", NAME, "partition", "0", "offset", "0", "timestamp", "1")
        .forEach((key, value) -> letter.headers().add("playlog." + key, bytes(value)));
    Topics.sendAll(config.kafka().bootstrapServers(), List.of(letter));
    assertThat(
            JobRun.output(configFile, "replay-dead-letters", "--reason", "not-json", "--dry-run"))
        .contains("would replay 1 (of ", "left out 1 messages whose listeners are forgotten");

    // As if it had been sent before the mark was written.
    ProducerRecord<byte[], byte[]> replayed =
        new ProducerRecord<>(NAME, listen("Ada", "s", OLD.start()));
    replayed.headers().add("playlog.replayed-from", bytes(NAME + "/0/0"));
    ProducerRecord<byte[], byte[]> later =
        new ProducerRecord<>(NAME, listen("Ada", "later", OLD.start()));
    later.headers().add("playlog.replayed-from", bytes(NAME + "/0/1000"));
    Topics.sendAll(config.kafka().bootstrapServers(), List.of(replayed, later));
    runStream();
    assertThat(listens("Ada")).containsExactly(OLD + " later");
    assertThat(JobRun.output(configFile, "audit", "--hour", OLD.toString()))
        .contains("in 4 = stored 2 + repeated 0 + dead-lettered 0 + forgotten 2 + missing 0");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Also one of an instant that was erased, and in an hour whose entry was written and deleted. */
  @Test
  @Order(7)
  void whatIsSentLaterIsStoredAndSummedUp() throws Exception {
    JobRun.output(configFile, "hourly-summary", "--due");
    try (StreamRun stream = StreamRun.start(config)) {
      send("Ada", "again", HOUR.start().plusSeconds(60));
      stream.processAllAvailable();
      forget("Ada");
      assertThat(rows("Ada")).isEmpty();

      send("Ada", "known", HOUR.start());
      send("Ada", "again", HOUR.start().plusSeconds(61));
      stream.processAllAvailable();
    }
    assertThat(listens("Ada"))
        .containsExactly(HOUR + " known", HOUR.start().plusSeconds(61) + " again");
    assertThat(isListed("Ada")).isTrue();
    assertDue(1);
    JobRun.output(configFile, "hourly-summary", "--due");
    assertThat(songsListened("Ada", HOUR)).isEqualTo(2);
    assertThat(JobRun.output(configFile, "audit", "--hour", HOUR.toString()))
        .contains("in 7 = stored 4 + repeated 0 + dead-lettered 0 + forgotten 3 + missing 0");
  }

  @Test
  @Order(8)
  void ofAPartOfAnHourTheRestIsSummedUpAgain() {
    String halfPast = HOUR.start().plusSeconds(1800).toString();
    assertThat(forget("Bob", "--from", halfPast, "--to", NEXT.start().plusMillis(1).toString()))
        .contains(
            "listener \"Bob\", from %s to ".formatted(halfPast),
            "deletes: listens 2 in 2 hours",
            "hours made due 1 [" + HOUR + "]");
    assertThat(listens("Bob")).containsExactly(OLD + " unknown", HOUR + " known");
    assertThat(songsListened("Bob", HOUR)).isZero();
    assertThat(rows("Bob")).hasSize(2 + 1 + 2 + 1);
    assertDue(1);

    JobRun.output(configFile, "hourly-summary", "--due");
    assertThat(songsListened("Bob", HOUR)).isEqualTo(1);
    assertThat(songsListened("Bob", OLD)).isEqualTo(1);
    assertThat(songsListened("Ada", HOUR)).isEqualTo(2);
    assertDue(0);
  }

  @Test
  @Order(9)
  void aPartWithoutListensMakesNothingDue() {
    Set<String> bob = rows("Bob");
    forget("Bob", "--from", HOUR.start().plusSeconds(60).toString());
    assertThat(rows("Bob")).isEqualTo(bob);
    assertDue(0);
  }

  /** A clock that was ahead, rows that nobody can date, and what was written by hand. */
  @Test
  @Order(10)
  void rowsFromTheFutureGoToo() throws Exception {
    for (long ahead : new long[] {now(), AHEAD, AHEAD * 1000, Long.MAX_VALUE}) {
      insertRecord("Eve", "s" + ahead, HOUR.start(), ahead);
      insertRecord("Eve", "s" + ahead, Instant.ofEpochMilli(Long.MAX_VALUE / 1000), ahead);
      insertRecord("Eve", "s" + ahead, Instant.EPOCH.minusSeconds(1), ahead);
    }
    insertEntry("Eve", HOUR, AHEAD);
    insertEntry("Eve", NEXT, AHEAD * 1000);
    insertName("Eve", "eve", AHEAD * 1000);
    insertSummary("Eve", HOUR, AHEAD);
    insertSummary("Eve", Hour.of(-1), now());
    select(
        "INSERT INTO %s.user_hourly_summary (name, hour) VALUES ('Eve', ?) USING TIMESTAMP ?",
        OLD.start(), AHEAD);

    forget("Eve");
    assertThat(rows("Eve")).isEmpty();

    send("Eve", "new", HOUR.start());
    send("Eve", "new", NEXT.start());
    runStream();
    assertThat(listens("Eve")).hasSize(2);
  }

  /** More than are read at a time, none of which can be dated. */
  @Test
  @Order(11)
  void manyRows() throws Exception {
    Topics.send(
        config.kafka().bootstrapServers(),
        NAME,
        IntStream.range(0, 2500)
            .mapToObj(i -> listen("Many", "unknown", OLD.start().plusSeconds(i * 60L)))
            .toList());
    runStream();
    assertThat(forget("Many")).contains("deletes: listens 2500 in 42 hours");
    assertThat(rows("Many")).isEmpty();
    assertThat(rows("Bob")).isNotEmpty();
  }

  @Test
  @Order(11)
  void aTimeThatHoldsAllTakesTheNameAndAPartDoesNot() throws Exception {
    send("Ivy", "first", OLD.start());
    send("Ivy", "last", HOUR.start());
    runStream();
    assertThat(forget("Ivy", "--to", HOUR.toString()))
        .contains("deletes: listens 1 in 1 hours", ", of listeners 0");
    assertThat(isListed("Ivy")).isTrue();

    String halfPast = HOUR.start().plusSeconds(1800).toString();
    assertThat(forget("Ivy", "--from", HOUR.toString(), "--to", halfPast, "--dry-run"))
        .contains("would delete: listens 1 in 1 hours", ", of listeners 1");
    forget("Ivy", "--from", HOUR.toString(), "--to", halfPast);
    assertThat(rows("Ivy")).isEmpty();
  }

  /** Whose listens have expired. */
  @Test
  @Order(11)
  void theNameStaysWithASummaryAndIsAllThatIsLeftOtherwise() {
    insertName("Kim", "kim", now());
    insertSummary("Kim", HOUR, now());
    assertThat(forget("Kim", "--from", NEXT.toString())).contains("summaries 0", "of listeners 0");
    assertThat(isListed("Kim")).isTrue();
    assertThat(forget("Kim", "--to", NEXT.toString())).contains("summaries 1", "of listeners 1");
    assertThat(rows("Kim")).isEmpty();

    insertName("Kim", "kim", now());
    assertThat(forget("Kim")).contains("of listeners 1").doesNotContain("nothing is stored");
    assertThat(rows("Kim")).isEmpty();
  }

  /** A batch that did not know the mark writes what it had read, and a listen that came since. */
  @Test
  @Order(12)
  void whatABatchBringsBackThatHadBegunBeforeIsErasedAfterIt() throws Exception {
    send("Cid", "old", HOUR.start());
    runStream();
    ForgetGuard batch = ForgetGuard.ofMessages(job);
    batch.begin();
    forget("Cid");
    assertThat(isListed("Cid")).isFalse();
    send("Cid", "new", HOUR.start());
    insertRecord("Cid", "old", HOUR.start(), now());
    insertRecord("Cid", "new", HOUR.start(), now());
    batch.end();

    assertThat(listens("Cid")).containsExactly(HOUR + " new");
    // Also if the batch's JVM has noted that the listener stands there.
    assertThat(rows("Cid")).anyMatch(row -> row.startsWith("listeners_by_hour"));
    assertThat(isListed("Cid")).isTrue();
    Set<String> before = rows("Cid");
    batch.begin();
    batch.end();
    assertThat(rows("Cid")).isEqualTo(before);
  }

  @Test
  @Order(13)
  void soIsWhatABatchHasLeftThatWasNotFinished() throws Exception {
    send("Dan", "old", HOUR.start());
    runStream();
    forget("Dan");
    insertRecord("Dan", "old", HOUR.start(), now());
    insertEntry("Dan", HOUR, now());
    insertName("Dan", "dan", now());
    runStream();
    assertThat(rows("Dan")).isEmpty();

    // Once: from then on every batch knows the mark.
    insertRecord("Dan", "by hand", HOUR.start(), now());
    runStream();
    assertThat(listens("Dan")).hasSize(1);
  }

  @Test
  @Order(14)
  void soIsTheSummaryOfAReportThatHadBegunBefore() throws Exception {
    send("Fay", "old", HOUR.start());
    send("Fay", "stays", NEXT.start());
    runStream();
    JobRun.output(configFile, "hourly-summary", "--due");
    ForgetGuard report = ForgetGuard.ofRows(job);
    report.begin();
    forget("Fay", "--to", NEXT.toString());
    insertSummary("Fay", HOUR, now());
    report.end();

    assertThat(songsListened("Fay", HOUR)).isZero();
    assertThat(songsListened("Fay", NEXT)).isEqualTo(1);
    assertDue(0);
  }

  /** What was sent after the first mark is no reason to stay: the second one forgets it. */
  @Test
  @Order(14)
  void whoIsForgottenTwiceWhileAReportRunsIsGoneAfterIt() throws Exception {
    ForgetGuard report = ForgetGuard.ofRows(job);
    report.begin();
    Forgotten forgotten = new Forgotten(job.session(), NAME);
    // They are read in the order of their ids, so that the first one is obeyed last.
    for (UUID id : List.of(new UUID(0xffffffffffff4fffL, -1), new UUID(0x4000, 1L << 63))) {
      send("Joe", id.toString(), HOUR.start());
      runStream();
      try (Topic topic = Topic.ofListens(config.kafka())) {
        forgotten.write(
            new Mark(id, topic.id(), "Joe", null, null, topic.writtenOffsets(), false, false));
      }
    }
    report.end();
    assertThat(rows("Joe")).isEmpty();
  }

  @Test
  @Order(15)
  void aBacklogThatTheStreamHasNotReadIsLeftOut() throws Exception {
    Hour hour = Hour.parse("2012-01-01T00:00Z");
    send("Gus", "old", hour.start());
    try (StreamRun held =
        StreamRun.start(config, () -> assertThat(forget("Gus")).contains("not read"))) {
      held.processAllAvailable();
    }
    assertThat(rows("Gus")).isEmpty();
    assertThat(JobRun.output(configFile, "audit", "--hour", hour.toString()))
        .contains("in 1 = stored 0 + repeated 0 + dead-lettered 0 + forgotten 1 + missing 0");
  }

  /** What it holds was sent before, and its end, which nobody is given, comes after the mark. */
  @Test
  @Order(15)
  void aTransactionThatIsOpenIsForgottenToo() throws Exception {
    insertRecord("Hal", "old", HOUR.start(), now());
    ForgetGuard batch = ForgetGuard.ofMessages(job);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                config.kafka().bootstrapServers(),
                "transactional.id",
                "forget"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (int partition : new int[] {0, 1}) {
        producer.send(
            new ProducerRecord<>(NAME, partition, null, listen("Hal", "old", HOUR.start())));
      }
      producer.flush();
      batch.begin();
      forget("Hal");
      producer.commitTransaction();
    }
    insertRecord("Hal", "old", HOUR.start(), now());
    batch.end();
    runStream();
    assertThat(rows("Hal")).isEmpty();
  }

  /** Rows of before names were stored in form NFC. */
  @Test
  @Order(15)
  void aNameGoesInEveryUnicodeForm() {
    for (String stored : new String[] {"Zo\u00EB", "Zoe\u0308"}) {
      insertName(stored, "zo\u00EB", now());
      insertRecord(stored, "s", OLD.start(), now());
      insertEntry(stored, OLD, now());
    }
    insertRecord("Zoe", "s", OLD.start(), now());
    assertThat(forget("Zo\u00EB").lines())
        .contains(
            "listener \"Zo\u00EB\", of all times",
            "listener \"Zoe\u0308\" (not in Unicode form NFC), of all times");
    assertThat(rows("Zo\u00EB")).isEmpty();
    assertThat(rows("Zoe\u0308")).isEmpty();

    insertRecord("Zoe\u0308", "s", OLD.start(), now());
    forget("Zoe\u0308");
    assertThat(rows("Zoe\u0308")).isEmpty();
    assertThat(rows("Zoe")).hasSize(1);
  }

  @Test
  @Order(16)
  void inATopicThatWasRecreatedAllIsNew() throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", config.kafka().bootstrapServers()))) {
      admin.deleteTopics(List.of(NAME)).all().get();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> !admin.listTopics().names().get().contains(NAME));
    }
    servers.runProducer(configFile, "create-topics");
    send("Ada", "new topic", OLD.start());
    replayAll();
    assertThat(listens("Ada")).contains(OLD + " new topic");
    forget("Ada", "--to", OLD.end().toString());
    assertThat(listens("Ada")).hasSize(2);
  }
}
