package io.playlog.jobs.pipeline;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.JobRun;
import io.playlog.jobs.stream.StreamRun;
import io.playlog.kafka.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A downloaded history, through Kafka and the stream into the tables, killed and again. */
class ImportIT {
  private static final String NAME = "imported";
  private static final int PLAYS = 60_000;
  private static final Instant BEGIN = Instant.parse("2014-03-01T00:00:00Z");
  private static final int LISTENS = 59_883;
  private static final String ACCOUNT =
      "in 60004 = sent " + LISTENS + " + repeated 1 + shorter than 30 s 60 + private 60";

  /** Of a producer that needs many times as long for all as a kill after its first message. */
  private static final Map<String, ?> SLOW =
      Map.of(
          "kafka.properties.\"batch.size\"", 1,
          "kafka.properties.\"max.in.flight.requests.per.connection\"", 1);

  @TempDir private static Path folder;

  /** Song and start of what is to be stored. */
  private static final Set<String> EXPECTED = new HashSet<>();

  /** A zip with some files of plays, every 500th too short and every 1,000th private. */
  private static Path download() throws IOException {
    Path zip = folder.resolve("my_spotify_data.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (int file = 0; file < 6; file++) {
        out.putNextEntry(new ZipEntry("Spotify/Streaming_History_Audio_%d.json".formatted(file)));
        StringBuilder json = new StringBuilder("[");
        for (int i = file * PLAYS / 6; i < (file + 1) * PLAYS / 6; i++) {
          json.append(json.length() == 1 ? "" : ",").append(play(i));
        }
        // The first play is in the last file, too.
        json.append(file == 5 ? "," + play(1) : "").append("]");
        out.write(json.toString().getBytes(StandardCharsets.UTF_8));
      }
    }
    return zip;
  }

  /**
   * An older export of Playlog's own, with rows of which less is known, and one of the catalogue.
   */
  private static Path olderExport() throws IOException {
    return Files.writeString(
        folder.resolve("older.jsonl"),
        listen("Река над городом", "", "")
            + listen("Unknown", "\"artist_name\":\"A\",", "")
            + listen("Unknown, too", "", ",\"source\":\"lastfm\""));
  }

  private static String listen(String song, String artist, String source) {
    EXPECTED.add(song + " " + BEGIN.plusMillis(123));
    return """
        {"listened_at":%d,"track_metadata":{%s"track_name":"%s","additional_info":\
        {"submission_client":"Playlog","event_timestamp":%d%s}}}
        """
        .formatted(
            BEGIN.getEpochSecond(), artist, song, BEGIN.plusMillis(123).toEpochMilli(), source);
  }

  private static String play(int i) {
    Instant end = BEGIN.plusSeconds(i * 200L);
    boolean isShort = i % 1000 == 500;
    boolean isPrivate = i % 1000 == 0;
    int played = isShort ? 29_999 : 30_000 + i % 100_000;
    String song = "Sóng " + i % 3000;
    if (!isShort && !isPrivate) {
      EXPECTED.add(song + " " + end.minusMillis(played));
    }
    return """
        {"ts":"%s","username":"u","platform":"p","ms_played":%d,"conn_country":"XX",\
        "master_metadata_track_name":"%s","master_metadata_album_artist_name":"A",\
        "master_metadata_album_album_name":"B","episode_name":null,"skipped":null,\
        "incognito_mode":%s}"""
        .formatted(end, played, song, isPrivate);
  }

  @Test
  void theSetIsTheSameHoweverOftenItIsImported() throws Exception {
    LocalServers servers = LocalServers.shared();
    Path configFile = servers.configFile(NAME, Map.of());
    PlaylogConfig config = PlaylogConfig.load(configFile);
    servers.runProducer(configFile, "create-topics");
    JobRun.output(configFile, "schema");
    String[] command = {
      "import", download().toString(), olderExport().toString(), "--listener", "Ada"
    };

    servers.configFile(NAME, SLOW);
    killWithin(servers.startProducer(configFile, command), config);
    servers.configFile(NAME, Map.of());
    assertThat(servers.runProducer(configFile, command).lines()).last().isEqualTo(ACCOUNT);
    assertThat(stored(servers, config)).isEqualTo(EXPECTED);
    assertThat(servers.runProducer(configFile, command).lines()).last().isEqualTo(ACCOUNT);
    assertThat(stored(servers, config)).isEqualTo(EXPECTED);

    Path export = folder.resolve("ada.jsonl");
    JobRun.output(configFile, "export", "--listener", "Ada", "--output", export.toString());
    Set<String> rows = rows(servers);
    String again =
        servers.runProducer(configFile, "import", export.toString(), "--listener", "Ada");
    assertThat(again.lines()).last().isEqualTo("in %1$d = sent %1$d".formatted(LISTENS));
    assertThat(stored(servers, config)).isEqualTo(EXPECTED);
    assertThat(rows(servers)).isEqualTo(rows);
  }

  /** All columns of all rows. */
  private static Set<String> rows(LocalServers servers) {
    try (CqlSession cql = servers.openSession()) {
      return cql.execute("SELECT JSON * FROM " + NAME + ".records").all().stream()
          .map(row -> row.getString(0))
          .collect(toSet());
    }
  }

  /** As soon as something has arrived. */
  private static void killWithin(Process producer, PlaylogConfig config)
      throws InterruptedException {
    try (Topic topic = Topic.ofListens(config.kafka())) {
      await()
          .atMost(1, TimeUnit.MINUTES)
          .until(() -> topic.endOffsets().sum() > 0 || !producer.isAlive());
      producer.destroyForcibly().waitFor();
      assertThat(topic.endOffsets().sum()).isBetween(1L, LISTENS - 1L);
    }
  }

  private static Set<String> stored(LocalServers servers, PlaylogConfig config) throws Exception {
    try (StreamRun stream = StreamRun.start(config)) {
      stream.processAllAvailable();
    }
    try (CqlSession cql = servers.openSession()) {
      return cql
          .execute("SELECT song_name, event_time FROM " + NAME + ".records WHERE name = 'Ada'")
          .all()
          .stream()
          .map(row -> row.getString(0) + " " + row.getInstant(1))
          .collect(toSet());
    }
  }
}
