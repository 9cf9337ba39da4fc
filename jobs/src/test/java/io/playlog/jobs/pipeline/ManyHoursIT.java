package io.playlog.jobs.pipeline;

import static io.playlog.jobs.catalogue.SongFile.csv;
import static io.playlog.jobs.catalogue.SongFile.row;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.JobRun;
import io.playlog.jobs.stream.StreamRun;
import io.playlog.listen.Hour;
import io.playlog.listen.Listen;
import io.playlog.listen.Listen.Details;
import io.playlog.listen.ListenJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Hours of years are published together, and each is as it is when it is published alone. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ManyHoursIT {
  private static final String NAME = "manyhours";
  private static final Hour FIRST = Hour.parse("2015-03-01T00:00Z");

  /** Every fifth hour of 2,000: more than one portion. */
  private static final int STEP = 5;

  private static final int HOURS = 400;

  /** In which more people listened than one task sums up. */
  private static final Hour WIDE = hour(200);

  private static final int LISTENERS = 300;

  /** Every so many hours these many listened: several groups of listeners who are read together. */
  private static final int FEW = 25;

  private static final int CROWDED = 20;

  @TempDir private static Path folder;
  private static CqlSession cql;
  private static PlaylogConfig config;
  private static Path configFile;

  /** Listens by hour. */
  private static final Map<Hour, List<Listen>> LISTENS = new HashMap<>();

  @BeforeAll
  static void storeYears() throws Exception {
    LocalServers servers = LocalServers.shared();
    cql = servers.openSession();
    String songs = csv(1000, "s0") + row("s1", "Other, Another", 2000, "").replace("0.5", "0.1");
    Path catalogue = Files.writeString(folder.resolve("songs.csv"), songs);
    configFile = servers.configFile(NAME, Map.of("catalogue.path", catalogue));
    config = PlaylogConfig.load(configFile);
    servers.runProducer(configFile, "create-topics");
    JobRun.output(configFile, "schema");
    List<Listen> listens = new ArrayList<>();
    for (int i = 0; i < HOURS; i++) {
      long start = hour(i).start().toEpochMilli();
      for (int n = 0; n <= i % 3; n++) {
        listens.add(new Listen("Ada", "s" + n % 2, start + n * 60_000));
      }
      // One of a matched song, one that only its message knows the artist of.
      listens.add(new Listen("Ada", "s0", start + 100, new Details(null, null, 7 * i, null)));
      listens.add(new Listen("Cid", "s8", start, new Details("Somebody " + i % 7, null, i, null)));
      for (int n = 0; i % CROWDED == 0 && n < FEW; n++) {
        listens.add(new Listen("Fan " + n, "s" + n % 3, start + n));
        listens.add(new Listen("Fan " + n, "s1", start + FEW + n * n));
      }
      if (i % 4 == 0) {
        listens.add(new Listen("Bob", "s0", start + 3_599_999));
      }
    }
    for (int n = 0; n < LISTENERS; n++) {
      listens.add(new Listen("Listener " + n, "s0", WIDE.start().toEpochMilli() + n));
    }
    send(listens);
  }

  @AfterAll
  static void closeSession() {
    cql.close();
  }

  private static Hour hour(int number) {
    return new Hour(FIRST.sinceEpoch() + (long) number * STEP);
  }

  private static void send(List<Listen> listens) throws Exception {
    listens.forEach(
        listen ->
            LISTENS
                .computeIfAbsent(Hour.of(listen.eventTimestamp()), hour -> new ArrayList<>())
                .add(listen));
    Topics.send(
        config.kafka().bootstrapServers(),
        NAME,
        listens.stream().map(ListenJson::toBytes).toList());
    try (StreamRun stream = StreamRun.start(config)) {
      stream.processAllAvailable();
    }
  }

  /** All that stands in a table, without the times at which it was written. */
  private static Set<String> rows(String table) {
    return cql.execute("SELECT * FROM " + NAME + "." + table).all().stream()
        .map(
            row -> {
              List<String> columns = new ArrayList<>();
              row.getColumnDefinitions()
                  .forEach(column -> columns.add(column.getName().asInternal()));
              columns.removeAll(List.of("computed_at", "finished_at", "started_at"));
              return columns.stream()
                  .map(column -> column + "=" + row.getObject("\"" + column + "\""))
                  .collect(Collectors.joining(" "));
            })
        .collect(toSet());
  }

  private static Map<Instant, Row> runs() {
    return cql.execute("SELECT * FROM " + NAME + ".report_runs").all().stream()
        .collect(toMap(row -> row.getInstant("hour"), row -> row));
  }

  private static Set<Instant> publishedSince(Map<Instant, Row> before) {
    return runs().entrySet().stream()
        .filter(
            run ->
                !run.getValue()
                    .getInstant("finished_at")
                    .equals(before.get(run.getKey()).getInstant("finished_at")))
        .map(Map.Entry::getKey)
        .collect(toSet());
  }

  private static void assertAllIsPublished() {
    Map<Instant, Row> runs = runs();
    assertThat(runs).hasSize(HOURS);
    LISTENS.forEach(
        (hour, listens) -> {
          Row run = runs.get(hour.start());
          assertThat(run.getString("state")).as("%s", hour).isEqualTo("complete");
          assertThat(run.getLong("listens")).as("%s", hour).isEqualTo(listens.size());
          assertThat(run.getInt("listeners"))
              .isEqualTo((int) listens.stream().map(Listen::name).distinct().count());
        });
    Map<List<Object>, Integer> listened = new HashMap<>();
    Map<List<Object>, Long> played = new HashMap<>();
    LISTENS.forEach(
        (hour, listens) ->
            listens.forEach(
                listen -> {
                  listened.merge(List.of(listen.name(), hour.start()), 1, Integer::sum);
                  played.merge(List.of(hour.start(), listen.song()), 1L, Long::sum);
                }));
    assertThat(
            cql
                .execute("SELECT name, hour, songs_listened FROM " + NAME + ".user_hourly_summary")
                .all()
                .stream()
                .collect(
                    toMap(
                        row -> List.<Object>of(row.getString(0), row.getInstant(1)),
                        row -> row.getInt(2))))
        .isEqualTo(listened);
    assertThat(
            cql
                .execute("SELECT hour, song_name, plays FROM " + NAME + ".songs_by_hour")
                .all()
                .stream()
                .collect(
                    toMap(
                        row -> List.<Object>of(row.getInstant(0), row.getString(1)),
                        row -> row.getLong(2))))
        .isEqualTo(played);
  }

  @Test
  @Order(1)
  void allThatAreDueArePublishedTogether() {
    JobRun.output(configFile, "hourly-summary", "--due");

    assertAllIsPublished();
  }

  @Test
  @Order(2)
  void eachIsAsItIsWhenItIsPublishedAlone() {
    Set<String> summaries = rows("user_hourly_summary");
    Set<String> songs = rows("songs_by_hour");
    Set<String> runs = rows("report_runs");
    assertThat(summaries)
        .anyMatch(row -> row.contains("avg_energy=0.5") && row.contains("top_artist=Artist"))
        .anyMatch(row -> row.contains("avg_energy=0.1") && row.contains("top_artist=Other"))
        .anyMatch(row -> row.contains("avg_energy=null") && row.contains("top_artist=Somebody"));
    for (int i = 0; i < HOURS; i += 16) {
      JobRun.output(configFile, "hourly-summary", "--hour", hour(i).toString());
    }

    assertThat(rows("user_hourly_summary")).isEqualTo(summaries);
    assertThat(rows("songs_by_hour")).isEqualTo(songs);
    assertThat(rows("report_runs")).isEqualTo(runs);
  }

  /** And so are those with a row that a clock ahead of this one has written. */
  @Test
  @Order(3)
  void touchedAgainTheyReplaceWhatIsThere() throws Exception {
    long ahead = (System.currentTimeMillis() + Duration.ofHours(1).toMillis()) * 1000;
    cql.execute(
        "INSERT INTO manyhours.user_hourly_summary (name, hour, songs_listened) VALUES"
            + " ('Ada', ?, 77) USING TIMESTAMP ?",
        hour(7).start(),
        ahead);
    cql.execute(
        "INSERT INTO manyhours.songs_by_hour (hour, song_name, plays) VALUES (?, 'no song', 77)"
            + " USING TIMESTAMP ?",
        hour(8).start(),
        ahead);
    List<Listen> later = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      later.add(new Listen("Ada", "s9", hour(i).start().toEpochMilli() + 1_800_000));
    }
    send(later);
    JobRun.output(configFile, "hourly-summary", "--due");

    assertAllIsPublished();
  }

  @Test
  @Order(4)
  void aRangeIsPublishedWhetherOrNotItIsDue() {
    Map<Instant, Row> before = runs();
    JobRun.output(
        configFile, "hourly-summary", "--from", hour(10).toString(), "--to", hour(20).toString());
    Set<Instant> again = publishedSince(before);

    assertThat(again).hasSize(10).contains(hour(10).start(), hour(19).start());
    assertAllIsPublished();
  }

  /** Each row as a report leaves it that was killed after some of its writes. */
  @Test
  @Order(5)
  void thoseThatAKilledReportHadBegunArePublishedWhole() {
    long killed = System.currentTimeMillis() * 1000;
    for (int i = 195; i < 205; i++) {
      Instant start = hour(i).start();
      cql.execute(
          "INSERT INTO manyhours.report_runs (day, hour, state, started_at)"
              + " VALUES (?, ?, 'publishing', ?) USING TIMESTAMP ?",
          hour(i).day(),
          start,
          Instant.now(),
          killed);
      cql.execute(
          "INSERT INTO manyhours.user_hourly_summary (name, hour, songs_listened)"
              + " VALUES (?, ?, 77) USING TIMESTAMP ?",
          "Ada",
          start,
          killed);
      cql.execute(
          "DELETE FROM manyhours.songs_by_hour USING TIMESTAMP ? WHERE hour = ?", killed, start);
    }
    JobRun.output(configFile, "hourly-summary", "--due");

    assertAllIsPublished();
  }

  @Test
  @Order(6)
  void aRangeThatWasInterruptedGoesOn() {
    Instant asked = Instant.now();
    JobRun.output(
        configFile, "hourly-summary", "--from", hour(15).toString(), "--to", hour(20).toString());
    Map<Instant, Row> before = runs();
    JobRun.output(
        configFile,
        "hourly-summary",
        "--from=" + hour(10),
        "--to=" + hour(20),
        "--skip-published-since=" + asked);

    assertThat(publishedSince(before))
        .isEqualTo(
            IntStream.range(10, 15).mapToObj(number -> hour(number).start()).collect(toSet()));
  }

  /** What is left says less than what was published. */
  @Test
  @Order(7)
  void ofARangeWhoseListensHaveExpiredAllStays() {
    List.of("records", "listeners_by_hour")
        .forEach(
            table ->
                cql.execute("ALTER TABLE manyhours." + table + " WITH default_time_to_live = 1"));
    Set<String> summaries = rows("user_hourly_summary");
    Set<String> songs = rows("songs_by_hour");
    Set<String> runs = rows("report_runs");
    Map<Instant, Row> before = runs();
    for (int i = 10; i < 20; i++) {
      cql.execute(
          "DELETE FROM manyhours.records WHERE name = 'Ada' AND event_time = ? AND song_name = 's0'",
          hour(i).start());
    }
    JobRun.output(configFile, "hourly-summary", "--from=" + hour(10), "--to=" + hour(20));

    assertThat(publishedSince(before)).hasSize(10);
    assertThat(rows("user_hourly_summary")).isEqualTo(summaries);
    assertThat(rows("songs_by_hour")).isEqualTo(songs);
    assertThat(rows("report_runs")).isEqualTo(runs);
  }
}
