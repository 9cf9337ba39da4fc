package io.playlog.jobs.pipeline;

import static io.playlog.jobs.catalogue.SongFile.csv;
import static io.playlog.jobs.catalogue.SongFile.row;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.playlog.config.PlaylogConfig;
import io.playlog.error.ExitCode;
import io.playlog.jobs.LogLines;
import io.playlog.jobs.Main;
import io.playlog.jobs.catalogue.SongFile;
import io.playlog.jobs.stream.StreamRun;
import io.playlog.listen.Listen;
import io.playlog.listen.Listen.Details;
import io.playlog.listen.ListenJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A catalogue that changes while the stream runs, and what rematch makes of listens before. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CatalogueIT {
  private static final Instant ONE =
      Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(4));
  private static final Instant TWO = ONE.plus(Duration.ofHours(1));
  private static final Instant THREE = TWO.plus(Duration.ofHours(1));
  private static final Instant FOUR = THREE.plus(Duration.ofHours(1));

  @TempDir private static Path folder;
  private static Path catalogue;
  private static LocalServers servers;
  private static Path configFile;
  private static PlaylogConfig config;
  private static CqlSession cql;

  @BeforeAll
  static void makeTopicsAndTables() throws IOException, InterruptedException {
    catalogue = Files.writeString(folder.resolve("songs.csv"), csv(1000, "Old"));
    servers = LocalServers.shared();
    configFile = servers.configFile("catalogue_it", Map.of("catalogue.path", catalogue));
    config = PlaylogConfig.load(configFile);
    cql = servers.openSession();
    servers.runProducer(configFile, "create-topics");
    assertThat(job("schema")).isZero();
  }

  @AfterAll
  static void closeSession() {
    cql.close();
  }

  private static int job(String... command) {
    return Main.run(
        Stream.concat(Arrays.stream(command), Stream.of("--config", configFile.toString()))
            .toArray(String[]::new));
  }

  /** What a rematch prints. */
  private static String rematch(Instant from, Instant to) {
    PrintStream standardOut = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      assertThat(job("rematch", "--from", from.toString(), "--to", to.toString())).isZero();
    } finally {
      System.setOut(standardOut);
    }
    return printed.toString(StandardCharsets.UTF_8).strip();
  }

  private static void send(String name, String song, Instant time) {
    Topics.send(
        config.kafka().bootstrapServers(),
        config.kafka().topic(),
        List.of(ListenJson.toBytes(new Listen(name, song, time.toEpochMilli()))));
  }

  private static void store(StreamRun stream, String name, String song, Instant time) {
    send(name, song, time);
    stream.processAllAvailable();
  }

  private static List<Row> select(String query) {
    return cql.execute(query.formatted(config.cassandra().keyspace())).all();
  }

  /** Duration by listener and song; null if unmatched. */
  private static Map<String, Integer> durations() {
    Map<String, Integer> durations = new TreeMap<>();
    for (Row row : select("SELECT name, song_name, duration_ms FROM %s.records")) {
      durations.put(
          row.getString("name") + ": " + row.getString("song_name"),
          row.get("duration_ms", Integer.class));
    }
    return durations;
  }

  /** Each batch looks at the file; a listen that is stored already makes one and adds no row. */
  private static void storeUntilLogged(StreamRun stream, LogLines log, String line) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              store(stream, "Ada", "Old", ONE);
              return !log.beginning(line).isEmpty();
            });
  }

  @Test
  @Order(1)
  void theRunningStreamTakesUpAChangedFileAndRefusesABrokenOne() throws Exception {
    try (StreamRun stream = StreamRun.start(config);
        LogLines log = new LogLines()) {
      store(stream, "Ada", "Old", ONE);
      store(stream, "Ada", "New", ONE.plusMillis(1));
      store(stream, "Bob", "NEW ", TWO.minusMillis(1));
      store(stream, "Bob", "Unknown", TWO);
      store(stream, "Cid", "New", TWO);
      store(stream, "Cid", "Old", THREE);
      assertThat(durations()).containsEntry("Ada: Old", 1000).containsEntry("Ada: New", null);

      SongFile.replace(catalogue, csv(2000, "New"));
      storeUntilLogged(stream, log, "INFO Catalogue " + catalogue + " was changed: 1 songs");
      store(stream, "Dan", "\u00a0new", THREE);
      store(stream, "Dan", "Old", THREE);

      SongFile.replace(catalogue, csv(3000, "New", "Unknown").replace("energy", "vigour"));
      storeUntilLogged(stream, log, "ERROR Refused the changed catalogue");
      store(stream, "Eve", "New", THREE);
      store(stream, "Eve", "Unknown", THREE);
      assertThat(log.beginning("ERROR"))
          .singleElement()
          .asString()
          .endsWith("expected also energy");
    }
    assertThat(durations()).isEqualTo(storedByTheStream());
  }

  private static Map<String, Integer> storedByTheStream() {
    Map<String, Integer> durations = new TreeMap<>();
    durations.put("Ada: Old", 1000);
    durations.put("Ada: New", null);
    durations.put("Bob: NEW ", null);
    durations.put("Bob: Unknown", null);
    durations.put("Cid: New", null);
    durations.put("Cid: Old", 1000);
    durations.put("Dan: \u00a0new", 2000);
    durations.put("Dan: Old", null);
    durations.put("Eve: New", 2000);
    durations.put("Eve: Unknown", null);
    return durations;
  }

  @Test
  @Order(2)
  void aRematchRefusesABrokenCatalogue() {
    assertThat(job("rematch", "--from", ONE.toString(), "--to", THREE.toString()))
        .isEqualTo(ExitCode.BAD_INPUT.code());
    assertThat(durations()).isEqualTo(storedByTheStream());
  }

  @Test
  @Order(3)
  void aRematchFillsInWhatIsKnownByNow() throws IOException {
    assertThat(job("hourly-summary", "--due")).isZero();
    assertThat(matchedByHour()).isEqualTo(Map.of(ONE, 1, TWO, 0, THREE, 3));
    Map<Instant, Instant> before = finishedAt();
    SongFile.replace(catalogue, csv(4000, "New", "Old"));

    assertThat(rematch(ONE, TWO.minusMillis(1)))
        .isEqualTo(
            "unmatched 1, matched now 1 (folded 0), still unmatched 0, hours made due 1 (%s)"
                .formatted(ONE));
    assertThat(rematch(ONE, THREE))
        .isEqualTo(
            "unmatched 3, matched now 2 (folded 1), still unmatched 1,"
                + " hours made due 2 (the first %s, the last %s)".formatted(ONE, TWO));
    Map<String, Integer> expected = storedByTheStream();
    expected.putAll(Map.of("Ada: New", 4000, "Bob: NEW ", 4000, "Cid: New", 4000));
    assertThat(durations()).isEqualTo(expected);

    assertThat(job("hourly-summary", "--due")).isZero();
    assertThat(matchedByHour()).isEqualTo(Map.of(ONE, 3, TWO, 1, THREE, 3));
    assertThat(changedSince(before)).containsExactlyInAnyOrder(ONE, TWO);
  }

  private static Map<Instant, Integer> matchedByHour() {
    return select("SELECT hour, songs_matched FROM %s.user_hourly_summary").stream()
        .collect(
            toMap(row -> row.getInstant("hour"), row -> row.getInt("songs_matched"), Integer::sum));
  }

  private static Map<Instant, Instant> finishedAt() {
    return select("SELECT hour, finished_at FROM %s.report_runs").stream()
        .collect(toMap(row -> row.getInstant("hour"), row -> row.getInstant("finished_at")));
  }

  /** Hours that were published then and were published again. */
  private static List<Instant> changedSince(Map<Instant, Instant> before) {
    Map<Instant, Instant> now = finishedAt();
    return before.keySet().stream()
        .filter(hour -> !before.get(hour).equals(now.get(hour)))
        .toList();
  }

  @Test
  @Order(4)
  void aSecondRematchFindsNothing() {
    Map<Instant, Instant> before = finishedAt();
    assertThat(rematch(ONE, THREE))
        .isEqualTo("unmatched 1, matched now 0 (folded 0), still unmatched 1, hours made due 0");
    assertThat(job("hourly-summary", "--due")).isZero();
    assertThat(changedSince(before)).isEmpty();
  }

  /** As if it had been killed after its last row. */
  @Test
  @Order(5)
  void anHourThatARematchLeftOpenIsMadeDueByTheNext() {
    Map<Instant, Instant> before = finishedAt();
    cql.execute(
        "INSERT INTO catalogue_it.hour_marks (day, hour, mark, command, step)"
            + " VALUES (?, ?, uuid(), 'rematch', 1) USING TIMESTAMP 1",
        LocalDate.ofInstant(TWO, ZoneOffset.UTC),
        TWO);
    assertThat(job("hourly-summary", "--due")).isZero();
    assertThat(changedSince(before)).containsExactly(TWO);

    before = finishedAt();
    assertThat(rematch(ONE, THREE)).endsWith("hours made due 1 (%s)".formatted(TWO));
    assertThat(job("hourly-summary", "--due")).isZero();
    assertThat(changedSince(before)).containsExactly(TWO);
  }

  /** A batch that has all of it, and once more from the topic's beginning. */
  @Test
  @Order(7)
  void anArtistTellsSongsOfOneNameApart() throws Exception {
    String intros = row("Intro", "The xx", 1000, "xx") + row("Intro", "M83, Zola Jesus", 2000, "");
    SongFile.replace(catalogue, csv(4000, "New", "Old") + intros);
    Map<String, String> expected = new TreeMap<>();
    expected.put("nobody's", "The xx | xx | 1000 | null | null");
    expected.put("the xx's", "The xx | xx | 1000 | 900 | player");
    expected.put("one of two", "M83, Zola Jesus | Hurry Up | 2000 | null | null");
    expected.put("written otherwise", "M83, Zola Jesus | null | 2000 | 0 | null");
    expected.put("another's", "DJ Shadow | Endtroducing | null | 500 | import");
    // The first's song names its album, the second's does not.
    expected.put("twice", "M83, Zola Jesus | xx | 2000 | 1 | null");
    sendInOneBatch(
        intro("nobody's", Details.NONE),
        intro("the xx's", new Details("The xx", "xx (Deluxe)", 900, "player")),
        intro("one of two", new Details("Zola Jesus", "Hurry Up", null, null)),
        intro("written otherwise", new Details("  zola  JESUS", null, 0, null)),
        intro("another's", new Details("DJ Shadow", "Endtroducing", 500, "import")),
        intro("twice", new Details("The xx", null, 2, null)),
        intro("twice", new Details("M83", null, 1, null)));
    try (StreamRun stream = StreamRun.start(config)) {
      stream.processAllAvailable();
    }
    assertThat(intros()).isEqualTo(expected);
    try (StreamRun stream = StreamRun.startWithoutCheckpoint(config)) {
      stream.processAllAvailable();
    }
    assertThat(intros()).isEqualTo(expected);

    SongFile.replace(
        catalogue, csv(1) + row("Intro", "Nobody", 1, "") + row("INTRO", "Dj Shadow", 3000, ""));
    assertThat(rematch(FOUR, FOUR.plus(Duration.ofHours(1))))
        .startsWith("unmatched 1, matched now 1 (folded 1), still unmatched 0");
    expected.put("another's", "Dj Shadow | Endtroducing | 3000 | 500 | import");
    assertThat(intros()).isEqualTo(expected);
  }

  private static Listen intro(String name, Details details) {
    return new Listen(name, "Intro", FOUR.toEpochMilli(), details);
  }

  private static void sendInOneBatch(Listen... listens) {
    Topics.sendAll(
        config.kafka().bootstrapServers(),
        Stream.of(listens)
            .map(
                listen ->
                    new ProducerRecord<byte[], byte[]>(
                        config.kafka().topic(), 0, null, ListenJson.toBytes(listen)))
            .toList());
  }

  /** By listener: artists, album, duration, time played and source. */
  private static Map<String, String> intros() {
    return select("SELECT * FROM %s.records").stream()
        .filter(row -> row.getInstant("event_time").equals(FOUR))
        .collect(
            toMap(
                row -> row.getString("name"),
                row ->
                    Stream.of("artists", "album_name", "duration_ms", "ms_played", "source")
                        .map(column -> String.valueOf(row.getObject(column)))
                        .collect(joining(" | "))));
  }

  @Test
  @Order(6)
  void aRematchOfWeeksSkipsHoursWithoutListens() {
    assertThat(rematch(ONE.minus(Duration.ofDays(30)), ONE.plus(Duration.ofDays(1))))
        .isEqualTo(
            "unmatched 3, matched now 1 (folded 0), still unmatched 2, hours made due 1 (%s)"
                .formatted(THREE));
  }
}
