package io.playlog.jobs.pipeline;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.playlog.cassandra.CassandraSession;
import io.playlog.cassandra.DirectConnection;
import io.playlog.catalogue.Catalogue;
import io.playlog.catalogue.Song;
import io.playlog.catalogue.SongColumn;
import io.playlog.config.PlaylogConfig;
import io.playlog.error.ExitCode;
import io.playlog.jobs.Main;
import io.playlog.jobs.stream.StreamRun;
import io.playlog.listen.Hour;
import io.playlog.store.Listeners;
import io.playlog.store.SongsByHour;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** From the producer to the summaries, on real servers; the numbers are computed here anew. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PipelineIT {
  private static final int PRODUCED = 20_000;
  private static final Instant HOUR =
      Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(2));
  private static final Instant NEXT = HOUR.plus(Duration.ofHours(1));
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Valid listens by an unknown producer: no key, most unmatched, the timestamp a number. */
  private static final List<String> MORE_LISTENS =
      List.of(
          listen("O'Brien 🎧", "A song that no catalogue knows", HOUR.toEpochMilli()),
          listen("O'Brien 🎧", "Another one", HOUR.toEpochMilli()),
          listen("O'Brien 🎧", "Another one", NEXT.toEpochMilli() - 1),
          listen("O'Brien 🎧", "Another one", NEXT.toEpochMilli()),
          listenOf("Zoe\u0301", "Mañana Pequeña", "Ramón Piedraluz", 20_000, 0),
          listenOf("Zoe\u0301", "Mañana Pequeña", "Ramo\u0301n Piedraluz", 21_000, 1),
          listenOf("Zoe\u0301", "Mañana Pequeña", "Álvaro y Los Relojeros", null, 2),
          listenOf("Zoe\u0301", "Mañana Pequeña", "Somebody else", 500, 3),
          listenOf("Zoe\u0301", "Mañana Pequeña", "Somebody else", null, 4),
          listenOf("Ida", "A song that no catalogue knows", "A band", 1_000, 5),
          listenOf("Ida", "A song that no catalogue knows", null, 2_000, 6));

  private static final long MORE_UNMATCHED =
      MORE_LISTENS.stream().filter(text -> !isMatched(text)).count();

  private static final List<String> NO_LISTENS =
      List.of("no json", "{\"name\":\"x\"}", listen("x", "", HOUR.toEpochMilli()), "[]");

  private static LocalServers servers;
  private static PlaylogConfig config;
  private static CqlSession cql;

  private static String listen(String name, String song, long timestamp) {
    return "{\"name\":\"%s\",\"song\":\"%s\",\"event_timestamp\":%d,\"more\":{}}"
        .formatted(name, song, timestamp);
  }

  private static String listenOf(
      String name, String song, String artist, Integer msPlayed, int millisecond) {
    ObjectNode listen = JSON.createObjectNode();
    listen.put("name", name).put("song", song).put("artist", artist).put("album", "An album");
    listen.put("ms_played", msPlayed).put("source", "test");
    return listen.put("event_timestamp", HOUR.toEpochMilli() + millisecond).toString();
  }

  private static boolean isMatched(String listen) {
    return listen.contains("Piedraluz") || listen.contains("Álvaro");
  }

  @BeforeAll
  static void fillTheTopic() throws IOException, InterruptedException {
    servers = LocalServers.shared();
    config = servers.config();
    cql = servers.openSession();
    servers.runProducer("create-topics");
    String printed =
        servers.runProducer(
            "--from", HOUR.toString(),
            "--to", HOUR.plus(Duration.ofHours(2)).toString(),
            "--count", String.valueOf(PRODUCED));
    assertThat(printed).contains("produced %1$d, acknowledged %1$d, failed 0".formatted(PRODUCED));
    List<byte[]> more = new ArrayList<>();
    MORE_LISTENS.forEach(text -> more.add(text.getBytes(StandardCharsets.UTF_8)));
    NO_LISTENS.forEach(text -> more.add(text.getBytes(StandardCharsets.UTF_8)));
    Topics.send(config.kafka().bootstrapServers(), config.kafka().topic(), more);
  }

  @AfterAll
  static void closeSession() {
    cql.close();
  }

  private static int job(String command, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of(command, "--config", servers.configFile().toString()));
    arguments.addAll(List.of(more));
    return Main.run(arguments.toArray(String[]::new));
  }

  private static List<Row> select(String query) {
    return cql.execute(query.formatted(config.cassandra().keyspace())).all();
  }

  @Test
  @Order(1)
  void withoutTablesAReportSaysWhatToDo() {
    assertThat(job("hourly-summary", "--hour", HOUR.toString()))
        .isEqualTo(ExitCode.NOT_SET_UP.code());
  }

  @Test
  @Order(2)
  void schemaCanBeAppliedTwice() {
    assertThat(job("schema")).isZero();
    assertThat(job("schema")).isZero();
  }

  @Test
  @Order(3)
  void aReportWaitsForTheStreamAndThenGivesUp() {
    assertThat(job("hourly-summary", "--hour", HOUR.toString()))
        .isEqualTo(ExitCode.NOT_CAUGHT_UP.code());
    assertThat(select("SELECT * FROM %s.report_runs")).isEmpty();
  }

  @Test
  @Order(4)
  void everyListenIsStoredWithItsSong() throws Exception {
    try (StreamRun stream = StreamRun.start(config)) {
      stream.processAllAvailable();
    }

    Map<String, Song> songs =
        Catalogue.read(config.catalogue().path()).songs().stream()
            .collect(toMap(Song::name, Function.identity()));
    Set<List<Object>> expected = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> message : messages(config.kafka().topic())) {
      String text = new String(message.value(), StandardCharsets.UTF_8);
      if (!NO_LISTENS.contains(text)) {
        expected.add(expectedRecord(JSON.readTree(text), songs));
      }
    }
    assertThat(expected).hasSize(PRODUCED + MORE_LISTENS.size());
    assertThat(
            select("SELECT * FROM %s.records").stream()
                .map(PipelineIT::storedRecord)
                .collect(toSet()))
        .isEqualTo(expected);
  }

  private static List<Object> expectedRecord(JsonNode listen, Map<String, Song> songs) {
    List<Object> row = new ArrayList<>();
    row.add(nfc(listen.get("name")));
    row.add(Instant.ofEpochMilli(listen.get("event_timestamp").asLong()));
    row.add(listen.get("song").asText());
    Song song = songs.get(listen.get("song").asText());
    String artist = nfc(listen.path("artist"));
    if (song != null && artist != null) {
      String artists = (String) song.get(SongColumn.ARTISTS);
      song = List.of(artists.split(", ")).contains(artist) ? song : null;
    }
    row.add(song == null ? artist : song.get(SongColumn.ARTISTS));
    row.add(song == null ? null : song.get(SongColumn.DURATION_MS));
    row.add(song == null ? nfc(listen.path("album")) : song.get(SongColumn.ALBUM_NAME));
    row.add(song == null ? null : song.get(SongColumn.ALBUM_RELEASE_DATE));
    row.add(song == null ? null : song.get(SongColumn.ENERGY));
    row.add(song == null ? null : song.get(SongColumn.KEY));
    row.add(song == null ? null : song.get(SongColumn.TEMPO));
    row.add(listen.hasNonNull("ms_played") ? listen.get("ms_played").asInt() : null);
    row.add(nfc(listen.path("source")));
    return row;
  }

  private static String nfc(JsonNode text) {
    return text.isTextual() ? Normalizer.normalize(text.asText(), Normalizer.Form.NFC) : null;
  }

  private static List<Object> storedRecord(Row row) {
    List<Object> record = new ArrayList<>();
    for (String column :
        List.of(
            "name",
            "event_time",
            "song_name",
            "artists",
            "duration_ms",
            "album_name",
            "album_release_date",
            "energy",
            "key",
            "tempo",
            "ms_played",
            "source")) {
      record.add(row.getObject(column));
    }
    return record;
  }

  @Test
  @Order(5)
  void everyListenerIsFoundByHowTheNameBegins() {
    Set<String> names =
        select("SELECT DISTINCT name FROM %s.records").stream()
            .map(row -> row.getString(0))
            .collect(toSet());
    assertThat(names).hasSizeGreaterThan(20);
    try (CassandraSession session =
        DirectConnection.open(config.cassandra(), Duration.ofSeconds(10))) {
      Listeners listeners = new Listeners(session);
      Set<String> initials = new HashSet<>();
      for (String name : names) {
        assertThat(listeners.contains(name)).isTrue();
        initials.add(name.toUpperCase(Locale.ROOT).substring(0, 1));
        for (String prefix :
            List.of(
                name,
                name.toUpperCase(Locale.ROOT),
                name.toLowerCase(Locale.ROOT).substring(0, 3))) {
          assertThat(listeners.search(prefix, "", 1000)).as(prefix).contains(name);
        }
      }
      assertThat(listeners.search("o’brien  🎧", "", 1)).containsExactly("O'Brien 🎧");
      assertThat(listeners.search("no such listener", "", 10)).isEmpty();
      assertThat(listeners.search(" \u200b", "", 10)).isEmpty();

      List<String> paged = new ArrayList<>();
      for (String initial : initials) {
        String after = "";
        List<String> page;
        while (!(page = listeners.search(initial, after, 2)).isEmpty()) {
          paged.addAll(page);
          after = page.get(page.size() - 1);
        }
      }
      assertThat(paged).containsExactlyInAnyOrderElementsOf(names);
    }
  }

  @Test
  @Order(5)
  void whatIsNoListenIsADeadLetter() {
    List<ConsumerRecord<byte[], byte[]>> letters = messages(config.kafka().deadLetterTopic());
    assertThat(letters.stream().map(PipelineIT::reasonAndValue))
        .containsExactlyInAnyOrder(
            "not-json " + NO_LISTENS.get(0),
            "song-missing " + NO_LISTENS.get(1),
            "song-blank " + NO_LISTENS.get(2),
            "not-an-object " + NO_LISTENS.get(3));
  }

  private static String reasonAndValue(ConsumerRecord<byte[], byte[]> letter) {
    return new String(letter.headers().lastHeader("playlog.reason").value(), StandardCharsets.UTF_8)
        + " "
        + new String(letter.value(), StandardCharsets.UTF_8);
  }

  @Test
  @Order(6)
  void progressCountsEachMessageOnce() throws Exception {
    try (StreamRun again = StreamRun.startWithoutCheckpoint(config)) {
      again.processAllAvailable();
    }
    List<Row> progress = select("SELECT * FROM %s.stream_progress");
    assertThat(progress).hasSize(config.kafka().partitions());
    assertThat(progress.stream().mapToLong(row -> row.getLong("listens")).sum())
        .isEqualTo(PRODUCED + MORE_LISTENS.size());
    assertThat(progress.stream().mapToLong(row -> row.getLong("unmatched")).sum())
        .isEqualTo(MORE_UNMATCHED);
    Map<String, Long> deadLetters = new HashMap<>();
    progress.forEach(
        row ->
            row.getMap("dead_letters", String.class, Long.class)
                .forEach((reason, count) -> deadLetters.merge(reason, count, Long::sum)));
    assertThat(deadLetters)
        .isEqualTo(
            Map.of("not-json", 1L, "song-missing", 1L, "song-blank", 1L, "not-an-object", 1L));
    assertThat(progress.stream().mapToLong(row -> row.getLong("next_offset")).sum())
        .isEqualTo(PRODUCED + MORE_LISTENS.size() + NO_LISTENS.size());
  }

  @Test
  @Order(7)
  void anHourThatIsNotOverIsRefused() {
    String thisHour = Instant.now().truncatedTo(ChronoUnit.HOURS).toString();
    assertThat(job("hourly-summary", "--hour", thisHour)).isEqualTo(ExitCode.HOUR_NOT_OVER.code());
  }

  @Test
  @Order(8)
  void summariesAreWhatTheRecordsSay() {
    assertThat(job("hourly-summary", "--hour", HOUR.toString())).isZero();

    Map<String, List<Row>> listensByName =
        select("SELECT * FROM %s.records").stream()
            .filter(row -> row.getInstant("event_time").truncatedTo(ChronoUnit.HOURS).equals(HOUR))
            .collect(groupingBy(row -> row.getString("name")));
    List<Row> summaries = select("SELECT * FROM %s.user_hourly_summary");
    assertThat(summaries.stream().map(row -> row.getString("name")))
        .containsExactlyInAnyOrderElementsOf(listensByName.keySet());
    for (Row summary : summaries) {
      assertSummary(summary, listensByName.get(summary.getString("name")));
    }
    assertSongsOf(HOUR);
  }

  /** Also after a late listen, which comes before an hour is read the second time. */
  private static void assertSongsOf(Instant hour) {
    Map<String, List<Row>> listensBySong =
        select("SELECT * FROM %s.records").stream()
            .filter(row -> row.getInstant("event_time").truncatedTo(ChronoUnit.HOURS).equals(hour))
            .collect(groupingBy(row -> row.getString("song_name")));
    List<Row> songs =
        select("SELECT * FROM %s.songs_by_hour").stream()
            .filter(row -> row.getInstant("hour").equals(hour))
            .toList();
    assertThat(songs.stream().map(row -> row.getString("song_name")))
        .containsExactlyInAnyOrderElementsOf(listensBySong.keySet());
    for (Row song : songs) {
      List<Row> listens = listensBySong.get(song.getString("song_name"));
      assertThat(song.getLong("plays")).isEqualTo(listens.size());
      assertThat(song.getInt("listeners"))
          .isEqualTo((int) listens.stream().map(row -> row.getString("name")).distinct().count());
      assertThat(song.getString("artists"))
          .isEqualTo(
              listens.stream()
                  .map(row -> row.getString("artists"))
                  .filter(Objects::nonNull)
                  .min(Comparator.comparing(PipelineIT::codePoints))
                  .orElse(null));
    }
  }

  private static void assertSummary(Row summary, List<Row> listens) {
    List<Row> matched = listens.stream().filter(row -> !row.isNull("energy")).toList();
    assertThat(summary.getInstant("hour")).isEqualTo(HOUR);
    assertThat(summary.getInt("songs_listened")).isEqualTo(listens.size());
    assertThat(summary.getInt("songs_matched")).isEqualTo(matched.size());
    assertThat(summary.getInt("distinct_songs"))
        .isEqualTo(
            (int) listens.stream().map(row -> row.getString("song_name")).distinct().count());
    assertThat(summary.getLong("listened_ms"))
        .isEqualTo(
            listens.stream()
                .mapToLong(row -> row.getInt(row.isNull("ms_played") ? "duration_ms" : "ms_played"))
                .sum());
    assertThat(summary.getString("top_song")).isEqualTo(top(listens, "song_name"));
    List<Row> ofArtists = listens.stream().filter(row -> !row.isNull("artists")).toList();
    assertThat(summary.getString("top_artist"))
        .isEqualTo(ofArtists.isEmpty() ? null : top(ofArtists, "artists"));
    if (matched.isEmpty()) {
      assertThat(summary.isNull("avg_energy")).isTrue();
      return;
    }
    for (String feature : List.of("danceability", "energy", "valence", "tempo")) {
      assertThat(summary.getDouble("avg_" + feature))
          .isCloseTo(
              matched.stream().mapToDouble(row -> row.getFloat(feature)).average().orElseThrow(),
              within(1e-6));
    }
  }

  private static String top(List<Row> rows, String column) {
    Map<String, Integer> counts = new HashMap<>();
    rows.forEach(row -> counts.merge(row.getString(column), 1, Integer::sum));
    int most = counts.values().stream().max(Integer::compare).orElseThrow();
    return counts.keySet().stream()
        .filter(key -> counts.get(key) == most)
        .min(Comparator.comparing(PipelineIT::codePoints))
        .orElseThrow();
  }

  private static String codePoints(String text) {
    StringBuilder hex = new StringBuilder();
    text.codePoints().forEach(codePoint -> hex.append("%06x ".formatted(codePoint)));
    return hex.toString();
  }

  @Test
  @Order(9)
  void dueHoursAreThoseThatWereNeverPublished() {
    assertThat(job("hourly-summary", "--due")).isZero();
    List<Row> runs = select("SELECT * FROM %s.report_runs");
    assertThat(runs.stream().map(row -> row.getInstant("hour"))).contains(HOUR, NEXT);
    assertThat(runs).allMatch(row -> row.getString("state").equals("complete"));
    assertThat(runs.stream().mapToLong(row -> row.getLong("listens")).sum())
        .isEqualTo(PRODUCED + MORE_LISTENS.size());
    assertSongsOfAllHours(runs.stream().map(row -> Hour.of(row.getInstant("hour"))).toList());
  }

  private static void assertSongsOfAllHours(List<Hour> hours) {
    Map<String, Long> plays = new LinkedHashMap<>();
    try (CassandraSession session =
        DirectConnection.open(config.cassandra(), Duration.ofSeconds(10))) {
      new SongsByHour(session).forEach(hours, (song, found) -> plays.put(song, found.plays()));
    }
    assertThat(plays)
        .isEqualTo(
            select("SELECT song_name FROM %s.records").stream()
                .collect(groupingBy(row -> row.getString("song_name"), counting())));
    assertThat(List.copyOf(plays.keySet()))
        .isSortedAccordingTo(Comparator.comparing(PipelineIT::codePoints));
  }

  @Test
  @Order(10)
  void aLateListenMakesItsHourDueAgainAndNoOther() throws Exception {
    Map<Instant, Instant> before = finishedAt();
    String late = listen("Late", "Another one", HOUR.toEpochMilli() + 1);
    Topics.send(
        config.kafka().bootstrapServers(),
        config.kafka().topic(),
        List.of(late.getBytes(StandardCharsets.UTF_8)));
    try (StreamRun stream = StreamRun.start(config)) {
      stream.processAllAvailable();
    }
    assertThat(job("hourly-summary", "--due")).isZero();

    Map<Instant, Instant> after = finishedAt();
    assertThat(after.get(HOUR)).isAfter(before.get(HOUR));
    assertThat(after.get(NEXT)).isEqualTo(before.get(NEXT));
    assertThat(select("SELECT * FROM %s.user_hourly_summary WHERE name = 'Late'")).hasSize(1);
    assertSongsOf(HOUR);
    assertSongsOf(NEXT);
  }

  private static Map<Instant, Instant> finishedAt() {
    return select("SELECT hour, finished_at FROM %s.report_runs").stream()
        .collect(toMap(row -> row.getInstant("hour"), row -> row.getInstant("finished_at")));
  }

  /** All our statements are prepared, and Cassandra keeps their texts. */
  @Test
  @Order(11)
  void noQueryScansTheHistory() {
    List<String> queries =
        cql.execute("SELECT query_string FROM system.prepared_statements").all().stream()
            .map(row -> row.getString("query_string"))
            .filter(query -> query.startsWith("SELECT"))
            // By which a job tries whether it may read a table: it asks for no partition.
            .filter(query -> !query.contains(" IN ()"))
            .toList();
    assertThat(queries)
        .anyMatch(query -> query.contains(".records "))
        .anyMatch(query -> query.contains(".listeners_by_hour "))
        .filteredOn(query -> query.contains(".records "))
        .allMatch(
            query ->
                query.matches(
                    ".* WHERE name (=|IN) \\? AND event_time >= \\? AND event_time < \\?"));
    assertThat(queries)
        .filteredOn(query -> query.contains(".listeners "))
        .isNotEmpty()
        .allMatch(query -> query.contains(" WHERE initial = ? AND "));
    assertThat(queries).noneMatch(query -> query.contains("ALLOW FILTERING"));
  }

  private static List<ConsumerRecord<byte[], byte[]>> messages(String topic) {
    return Topics.readAll(config.kafka().bootstrapServers(), topic);
  }
}
