package io.playlog.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.JobRun;
import io.playlog.jobs.stream.StreamRun;
import io.playlog.kafka.Topic;
import io.playlog.listen.Hour;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenJson;
import io.playlog.store.ListenersByHour;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Rows that were written by a clock one hour ahead, in every table: what is written after them must
 * be seen all the same.
 */
class FutureRowsIT {
  private static final String NAME = "futurerows";
  private static final Hour HOUR = Hour.of(Instant.now()).previous().previous();
  private static final long AHEAD =
      ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now().plus(Duration.ofHours(1)));

  private static LocalServers servers;
  private static Path configFile;
  private static PlaylogConfig config;
  private static CqlSession cql;

  @BeforeAll
  static void makeTopicsAndTables() throws Exception {
    servers = LocalServers.shared();
    configFile = servers.configFile(NAME, Map.of("kafka.partitions", 1));
    config = PlaylogConfig.load(configFile);
    cql = servers.openSession();
    servers.runProducer(configFile, "create-topics");
    JobRun.output(configFile, "schema");
  }

  @AfterAll
  static void closeSession() {
    cql.close();
  }

  private static void send(String name, int count, Hour hour) {
    for (int i = 0; i < count; i++) {
      Listen listen = new Listen(name, "s" + i, hour.start().toEpochMilli() + i);
      Topics.send(config.kafka().bootstrapServers(), NAME, List.of(ListenJson.toBytes(listen)));
    }
  }

  private static void runStream() throws Exception {
    try (StreamRun stream = StreamRun.start(config)) {
      stream.processAllAvailable();
    }
  }

  private static Row one(String query, Object... values) {
    return cql.execute(query.replace("%s", NAME), values).one();
  }

  private static String topicId() {
    try (Topic topic = Topic.ofListens(config.kafka())) {
      return topic.id();
    }
  }

  @Test
  void theNewestIsSeenInEveryTable() throws Exception {
    String id = topicId();
    // What a stream with such a clock would have left when it had stored one message.
    send("Ada", 1, HOUR);
    one(
        "INSERT INTO %s.stream_progress (topic, topic_id, kafka_partition, next_offset, listens,"
            + " unmatched, dead_letters) VALUES (?, ?, 0, 0, 0, 0, {}) USING TIMESTAMP ?",
        NAME, id, AHEAD);
    one(
        "INSERT INTO %s.days_touched (year, day) VALUES (?, ?) USING TIMESTAMP ?",
        HOUR.day().getYear(), HOUR.day(), AHEAD);
    one(
        "INSERT INTO %s.hours_touched (day, hour, topic_id, kafka_partition, last_offset)"
            + " VALUES (?, ?, ?, 0, 0) USING TIMESTAMP ?",
        HOUR.day(), HOUR.start(), id, AHEAD);
    one(
        "INSERT INTO %s.hour_marks (day, hour, mark, command, step) VALUES (?, ?, uuid(), 'x', 1)"
            + " USING TIMESTAMP ?",
        HOUR.day(), HOUR.start(), AHEAD);
    one(
        "INSERT INTO %s.records (name, event_time, song_name) VALUES ('Ada', ?, 's0')"
            + " USING TIMESTAMP ?",
        HOUR.start(), AHEAD);
    one(
        "INSERT INTO %s.listeners_by_hour (hour, shard, name) VALUES (?, ?, 'Ada')"
            + " USING TIMESTAMP ?",
        HOUR.start(), ListenersByHour.shard("Ada"), AHEAD);
    one(
        "INSERT INTO %s.listeners (initial, folded, name) VALUES ('a', 'ada', 'Ada')"
            + " USING TIMESTAMP ?",
        AHEAD);
    one(
        "INSERT INTO %s.report_runs (day, hour, state, listens, covered) VALUES (?, ?,"
            + " 'publishing', 77, {'other/0': 3}) USING TIMESTAMP ?",
        HOUR.day(), HOUR.start(), AHEAD);
    for (String name : List.of("Ada", "Nobody")) {
      one(
          "INSERT INTO %s.user_hourly_summary (name, hour, songs_listened, top_artist)"
              + " VALUES (?, ?, 77, 'from the future') USING TIMESTAMP ?",
          name, HOUR.start(), AHEAD + 1000);
    }
    one(
        "INSERT INTO %s.songs_by_hour (hour, song_name, plays) VALUES (?, 'from the future', 77)"
            + " USING TIMESTAMP ?",
        HOUR.start(), AHEAD + 2000);
    // A listener without listens left, who still stands in the index.
    one(
        "INSERT INTO %s.listeners_by_hour (hour, shard, name) VALUES (?, ?, 'Nobody')",
        HOUR.start(), ListenersByHour.shard("Nobody"));

    runStream();
    send("Ada", 3, HOUR);
    runStream();

    Row progress = one("SELECT * FROM %s.stream_progress");
    assertThat(progress.getLong("next_offset")).isEqualTo(4);
    assertThat(progress.getLong("listens")).isEqualTo(4);
    assertThat(one("SELECT * FROM %s.hours_touched").getLong("last_offset")).isEqualTo(3);

    JobRun.output(configFile, "hourly-summary", "--due");
    assertThat(songsListened("Ada")).isEqualTo(3);
    assertThat(one("SELECT * FROM %s.user_hourly_summary WHERE name = 'Ada'").isNull("top_artist"))
        .isTrue();
    assertThat(one("SELECT * FROM %s.user_hourly_summary WHERE name = 'Nobody'")).isNull();
    Row run = one("SELECT * FROM %s.report_runs");
    assertThat(run.getString("state")).isEqualTo("complete");
    assertThat(run.getLong("listens")).isEqualTo(3);
    assertThat(songs()).containsExactlyInAnyOrder("s0", "s1", "s2");

    // And what comes after is seen too, also where a summary was deleted.
    send("Nobody", 2, HOUR);
    send("Ada", 5, HOUR);
    runStream();
    JobRun.output(configFile, "hourly-summary", "--due");
    assertThat(songsListened("Nobody")).isEqualTo(2);
    assertThat(songsListened("Ada")).isEqualTo(5);
    assertThat(songs()).hasSize(5);
    assertThat(one("SELECT name FROM %s.listeners WHERE initial = 'a'").getString(0))
        .isEqualTo("Ada");
    assertThat(one("SELECT name FROM %s.listeners WHERE initial = 'n'").getString(0))
        .isEqualTo("Nobody");
    assertThat(JobRun.output(configFile, "status")).contains("\"lag\":0", "\"hours_due\":0");
  }

  private static List<String> songs() {
    return cql.execute(
            "SELECT song_name FROM futurerows.songs_by_hour WHERE hour = ?", HOUR.start())
        .map(row -> row.getString(0))
        .all();
  }

  private static int songsListened(String name) {
    return one("SELECT * FROM %s.user_hourly_summary WHERE name = ?", name)
        .getInt("songs_listened");
  }

  @Test
  void aListenerWithoutListensLeftLosesTheRow() throws Exception {
    Hour hour = HOUR.previous();
    send("Deleted", 2, hour);
    send("Kept", 1, hour);
    runStream();
    JobRun.output(configFile, "hourly-summary", "--hour", hour.toString());
    cql.execute("DELETE FROM futurerows.records WHERE name = 'Deleted'");
    JobRun.output(configFile, "hourly-summary", "--hour", hour.toString());

    assertThat(one("SELECT * FROM %s.user_hourly_summary WHERE name = 'Deleted'")).isNull();
    assertThat(songsListened("Kept")).isEqualTo(1);
    assertThat(
            one("SELECT * FROM %s.report_runs WHERE day = ? AND hour = ?", hour.day(), hour.start())
                .getInt("listeners"))
        .isEqualTo(1);
  }
}
