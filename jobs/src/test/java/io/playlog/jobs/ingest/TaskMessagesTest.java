package io.playlog.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.jobs.kafka.Message;
import io.playlog.kafka.Offsets;
import io.playlog.listen.Hour;
import io.playlog.listen.Listen;
import io.playlog.listen.Listen.Details;
import io.playlog.listen.ListenJson;
import io.playlog.store.Counts;
import io.playlog.store.Forgotten.Mark;
import io.playlog.store.ForgottenListens;
import io.playlog.store.SomeSongs;
import io.playlog.store.Songs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On local Spark, with rows of the form that the topic's reader gives. */
class TaskMessagesTest {
  private static final Hour HOUR = Hour.parse("2026-11-22T13:00Z");
  private static final Songs SONGS = SomeSongs.named("known");
  private static final long RECORD_TIMESTAMP = HOUR.start().plusSeconds(60).toEpochMilli();

  private static SparkSession spark;

  @BeforeAll
  static void startSpark() {
    spark = SparkSession.builder().appName("test").getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  private static Row message(int partition, long offset, byte[] value) {
    return RowFactory.create(null, value, partition, offset, RECORD_TIMESTAMP, null);
  }

  private static byte[] listen(String name, String song) {
    return ListenJson.toBytes(new Listen(name, song, HOUR.start().toEpochMilli()));
  }

  private static byte[] noListen() {
    return "no listen".getBytes(StandardCharsets.UTF_8);
  }

  private static JavaRDD<Message> messages(List<Row> rows) {
    return Message.of(spark.createDataFrame(rows, Message.SCHEMA));
  }

  private static List<IngestResult> read(Offsets storedBefore, List<Row> messages) {
    return messages(messages)
        .coalesce(1)
        .mapPartitions(
            partition ->
                new TaskMessages(
                        storedBefore,
                        SONGS,
                        (message, reason) -> {},
                        ForgottenListens.NONE,
                        "spotify")
                    .read(partition)
                    .results()
                    .iterator())
        .collect();
  }

  @Test
  void countsPerKafkaPartition() {
    List<IngestResult> results =
        read(
            Offsets.of(Map.of(1, 9L)),
            List.of(
                message(0, 3, listen("Ada", "known")),
                message(0, 4, listen("Ada", "unknown")),
                message(0, 5, noListen()),
                message(0, 6, listen("Ada", "KNOWN ")),
                message(0, 7, listen("Ada", "\u200bKnown")),
                message(1, 8, listen("Zoë", "known")),
                message(1, 9, null)));

    long newest = HOUR.start().toEpochMilli();
    Counts ofZero = new Counts(4, 2, 1, Map.of("not-json", 1L), newest);
    assertThat(results)
        .containsExactlyInAnyOrder(
            new IngestResult(0, ofZero, ofZero, Map.of(HOUR, 7L)),
            new IngestResult(
                1,
                new Counts(1, 0, 0, Map.of("no-value", 1L), newest),
                new Counts(0, 0, 0, Map.of("no-value", 1L), Long.MIN_VALUE),
                Map.of()));
  }

  /** The song "known" has the artist "1". */
  @Test
  void anArtistMustBeTheSongs() {
    List<IngestResult> results =
        read(
            Offsets.NONE,
            List.of(
                message(0, 0, listenOf("known", "1")),
                message(0, 1, listenOf("known", "2")),
                message(0, 2, listenOf("known", " 1")),
                message(0, 3, listenOf("KNOWN", "1")),
                message(0, 4, listenOf("KNOWN", "2"))));

    Counts expected = new Counts(5, 2, 2, Map.of(), HOUR.start().toEpochMilli());
    assertThat(results).containsExactly(new IngestResult(0, expected, expected, Map.of(HOUR, 4L)));
  }

  private static byte[] listenOf(String song, String artist) {
    return ListenJson.toBytes(
        new Listen(
            "Ada", song, HOUR.start().toEpochMilli(), new Details(artist, null, null, null)));
  }

  @Test
  void keepsListensAndHandsOutTheRest() {
    List<String> found =
        messages(
                List.of(
                    message(0, 0, listen("Ada", "a")),
                    message(0, 1, noListen()),
                    message(0, 2, listen("Ada", "")),
                    message(0, 3, listen("Zoë", "b"))))
            .coalesce(1)
            .mapPartitions(TaskMessagesTest::namesAndDeadLetters)
            .collect();
    assertThat(found).containsExactly("1 not-json", "2 song-blank", "Ada", "Zoë");
  }

  private static Iterator<String> namesAndDeadLetters(Iterator<Message> messages) {
    List<String> found = new ArrayList<>();
    TaskMessages read =
        new TaskMessages(
                Offsets.NONE,
                SONGS,
                (message, reason) -> found.add(message.offset() + " " + reason.code()),
                ForgottenListens.NONE,
                "spotify")
            .read(messages);
    found.addAll(read.listens().listeners());
    return found.iterator();
  }

  /** Neither stored nor counted, and no hour is touched. */
  @Test
  void leavesOutWhatIsForgotten() {
    Mark mark =
        new Mark(
            UUID.randomUUID(), "id", "Ada", null, null, Offsets.of(Map.of(0, 5L)), false, false);
    ForgottenListens forgotten = ForgottenListens.of("id", List.of(mark));
    List<Row> sent =
        List.of(
            message(0, 3, listen("Ada", "known")),
            message(0, 4, listen("Zoë", "known")),
            message(0, 5, listen("Ada", "unknown")));
    List<IngestResult> results =
        messages(sent)
            .coalesce(1)
            .mapPartitions(
                partition ->
                    new TaskMessages(
                            Offsets.NONE, SONGS, (message, reason) -> {}, forgotten, "spotify")
                        .read(partition)
                        .results()
                        .iterator())
            .collect();

    Counts expected = new Counts(2, 0, 1, Map.of(), HOUR.start().toEpochMilli());
    assertThat(results).containsExactly(new IngestResult(0, expected, expected, Map.of(HOUR, 5L)));
  }
}
