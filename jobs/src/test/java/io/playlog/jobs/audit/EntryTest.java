package io.playlog.jobs.audit;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.jobs.audit.Findings.Counts;
import io.playlog.jobs.kafka.Message;
import io.playlog.kafka.Offsets;
import io.playlog.listen.Hour;
import io.playlog.listen.Listen;
import io.playlog.listen.ListenJson;
import io.playlog.store.Forgotten.Mark;
import io.playlog.store.ForgottenListens;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On local Spark, with rows of the form that the topic's reader gives; nothing is stored. */
class EntryTest {
  private static final Hour HOUR = Hour.parse("2026-11-22T13:00Z");
  private static final Instant RECORD_TIMESTAMP = HOUR.start().plusSeconds(60);

  private static SparkSession spark;

  @BeforeAll
  static void startSpark() {
    spark = SparkSession.builder().appName("test").getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Row message(int partition, long offset, byte[] value, Row... headers) {
    return RowFactory.create(
        null, value, partition, offset, RECORD_TIMESTAMP.toEpochMilli(), Arrays.asList(headers));
  }

  private static Row listen(int partition, long offset, String name, long time) {
    return message(partition, offset, ListenJson.toBytes(new Listen(name, "song", time)));
  }

  private static Row letter(String topic, int partition, String offset, Instant time) {
    return message(
        0,
        0,
        null,
        RowFactory.create("playlog.offset", bytes("-1")),
        RowFactory.create("playlog.reason", bytes("not-json")),
        RowFactory.create("playlog.topic", bytes(topic)),
        RowFactory.create("playlog.partition", bytes(Integer.toString(partition))),
        RowFactory.create("playlog.offset", bytes(offset)),
        RowFactory.create("playlog.timestamp", bytes(Long.toString(time.toEpochMilli()))));
  }

  private static Dataset<Row> rows(Row... rows) {
    return spark.createDataFrame(List.of(rows), Message.SCHEMA);
  }

  private static Dataset<Row> ofMessages(Dataset<Row> messages) {
    return Entry.ofMessages(messages, "spotify", ForgottenListens.NONE);
  }

  /** By task; the slices that it would look up are counted as stored. */
  private static List<Findings> settle(Dataset<Row> entries) {
    return Entry.arrange(entries).javaRDD().mapPartitions(EntryTest::settle).collect();
  }

  private static Iterator<Findings> settle(Iterator<Row> rows) throws InterruptedException {
    List<Entry> looked = new ArrayList<>();
    Slices slices = new Slices(looked::addAll);
    while (rows.hasNext()) {
      slices.add(Entry.of(rows.next()));
    }
    slices.end();
    Findings stored = new Findings(looked.size(), 0, 0, 0, List.of());
    return List.of(slices.findings().plus(stored)).iterator();
  }

  private static Counts total(List<Findings> found) {
    return found.stream().map(Findings::counts).reduce(Counts.NONE, Counts::plus);
  }

  @Test
  void aListenIsCountedOnceAndItsRepetitionsApart() {
    long time = HOUR.start().toEpochMilli();
    Dataset<Row> entries =
        ofMessages(
            rows(
                listen(0, 1, "Ada", time),
                listen(3, 9, "Ada", time),
                listen(0, 2, "Zoë", time),
                listen(0, 3, "Ada", time + 1),
                listen(1, 4, "Ada", time)));
    assertThat(total(settle(entries))).isEqualTo(new Counts(3, 2, 0, 0, 0, 0));
  }

  @Test
  void anInvalidMessageNeedsADeadLetterOfItsOwn() {
    Dataset<Row> messages =
        ofMessages(
            rows(
                message(0, 1, bytes("lettered")),
                message(0, 2, bytes("not lettered")),
                message(1, 1, null),
                message(0, 5, bytes("lettered twice"))));
    Dataset<Row> letters =
        Entry.ofDeadLetters(
            rows(
                letter("spotify", 0, "1", RECORD_TIMESTAMP),
                letter("other", 0, "2", RECORD_TIMESTAMP),
                letter("spotify", 0, "2", RECORD_TIMESTAMP.minusMillis(1)),
                letter("spotify", 0, "two", RECORD_TIMESTAMP),
                letter("spotify", 0, "5", RECORD_TIMESTAMP),
                letter("spotify", 0, "5", RECORD_TIMESTAMP),
                letter("spotify", 0, "77", RECORD_TIMESTAMP),
                message(0, 3, bytes("not ours"))),
            "spotify");
    List<Findings> found = settle(messages.union(letters));

    assertThat(total(found)).isEqualTo(new Counts(0, 0, 2, 0, 2, 0));
    long time = RECORD_TIMESTAMP.toEpochMilli();
    assertThat(found.stream().flatMap(task -> task.missing().stream()))
        .containsExactlyInAnyOrder(
            new Entry(null, time, null, 0, 2, "not-json", time),
            new Entry(null, time, null, 1, 1, "no-value", time));
  }

  @Test
  void anHoursListensAreChosenByEventTime() {
    long start = HOUR.start().toEpochMilli();
    Dataset<Row> entries =
        Entry.listensOf(
            HOUR,
            ofMessages(
                rows(
                    listen(0, 1, "Ada", start - 1),
                    listen(0, 2, "Ada", start),
                    listen(0, 3, "Ada", start + 3_599_999),
                    listen(0, 4, "Ada", start + 3_600_000),
                    message(0, 5, bytes("no listen")))));
    assertThat(entries.collectAsList().stream().map(row -> Entry.of(row).offset()).collect(toSet()))
        .containsExactlyInAnyOrder(2L, 3L);
  }

  /** The tasks look a listener's hour up once, however many tasks there are. */
  @Test
  void whatBelongsTogetherComesToOneTask() {
    Row[] rows = new Row[400];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = listen(i % 4, i, "listener " + i % 20, HOUR.start().toEpochMilli() + i % 40);
    }
    List<List<Entry>> slices =
        Entry.arrange(ofMessages(rows(rows)).repartition(8))
            .javaRDD()
            .mapPartitions(
                task -> {
                  List<List<Entry>> looked = new ArrayList<>();
                  Slices found = new Slices(looked::add);
                  while (task.hasNext()) {
                    found.add(Entry.of(task.next()));
                  }
                  found.end();
                  return looked.iterator();
                })
            .collect();
    assertThat(slices).hasSize(20).allMatch(slice -> slice.size() == 2);
  }

  @Test
  void aForgottenListenIsCountedApart() {
    long time = HOUR.start().toEpochMilli();
    Mark mark =
        new Mark(UUID.randomUUID(), "id", "Ada", null, null, Offsets.of(Map.of(0, 5L)), true, true);
    Dataset<Row> entries =
        Entry.ofMessages(
            rows(
                listen(0, 4, "Ada", time),
                listen(0, 5, "Ada", time),
                listen(0, 6, "Ada", time),
                listen(0, 3, "Zoë", time)),
            "spotify",
            ForgottenListens.of("id", List.of(mark)));
    assertThat(total(settle(entries))).isEqualTo(new Counts(2, 1, 0, 1, 0, 0));
    assertThat(Entry.listensOf(HOUR, entries).count()).isEqualTo(4);
  }
}
