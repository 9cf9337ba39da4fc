package io.playlog.jobs.pipeline;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.ColumnDefinition;
import com.datastax.oss.driver.api.core.cql.Row;
import io.playlog.cassandra.CassandraSession;
import io.playlog.config.PlaylogConfig;
import io.playlog.error.ExitCode;
import io.playlog.error.PlaylogException;
import io.playlog.jobs.JobRun;
import io.playlog.jobs.Main;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A keyspace of any earlier version becomes today's, with all that it holds. */
class SchemaUpgradeIT {
  private static final Path FOLDER = Path.of("../schema");

  /** One row of each table, with columns that all versions have. */
  private static final Map<String, String> ROWS =
      Map.ofEntries(
          entry("records", "(name, event_time, song_name, energy) VALUES ('Ada', 1000, 's', 0.5)"),
          entry("listeners_by_hour", "(hour, shard, name) VALUES (0, 7, 'Ada')"),
          entry("days_touched", "(year, day) VALUES (1970, '1970-01-01')"),
          entry(
              "hours_touched",
              "(day, hour, topic_id, kafka_partition, last_offset)"
                  + " VALUES ('1970-01-01', 0, 'i', 0, 4)"),
          entry("hour_marks", "(day, hour, mark, step) VALUES ('1970-01-01', 0, uuid(), 1)"),
          entry(
              "stream_progress",
              "(topic, topic_id, kafka_partition, listens) VALUES ('t', 'i', 0, 5)"),
          entry("user_hourly_summary", "(name, hour, songs_listened) VALUES ('Ada', 0, 1)"),
          entry("report_runs", "(day, hour, state) VALUES ('1970-01-01', 0, 'complete')"),
          entry("forgotten", "(topic, topic_id, mark, name) VALUES ('t', 'i', uuid(), 'Ada')"),
          entry(
              "skipped_offsets",
              "(topic, topic_id, kafka_partition, first_offset, next_offset)"
                  + " VALUES ('t', 'i', 0, 3, 4)"),
          entry("stream_lease", "(topic, owner, process) VALUES ('t', uuid(), 'p')"),
          entry("songs_by_hour", "(hour, song_name, plays) VALUES (0, 's', 1)"),
          entry("listeners", "(initial, folded, name) VALUES ('a', 'ada', 'Ada')"),
          entry("submission_tokens_by_listener", "(name, hash) VALUES ('Ada', 0xada0)"),
          entry("submission_tokens", "(hash, name) VALUES (0xada0, 'Ada')"));

  private final LocalServers servers = LocalServers.shared();
  private final CqlSession cql = servers.openSession();

  @AfterEach
  void closeSession() {
    cql.close();
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  static IntStream earlierStates() throws IOException {
    return IntStream.range(0, files().size());
  }

  private void applyFirst(int count, String keyspace, PlaylogConfig config) throws IOException {
    for (Path file : files().subList(0, count)) {
      cql.execute(
          Files.readString(file)
              .replace("${keyspace}", keyspace)
              .replace("${replication}", config.cassandra().replication()));
    }
  }

  /** Every table's rows, each as its columns that are set. */
  private Map<String, List<Map<String, Object>>> rows(String keyspace) {
    Map<String, List<Map<String, Object>>> rows = new TreeMap<>();
    cql.refreshSchema()
        .getKeyspace(keyspace)
        .ifPresent(
            found ->
                found
                    .getTables()
                    .keySet()
                    .forEach(
                        table -> rows.put(table.asInternal(), rows(keyspace, table.asInternal()))));
    return rows;
  }

  private List<Map<String, Object>> rows(String keyspace, String table) {
    return cql.execute("SELECT * FROM " + keyspace + "." + table).all().stream()
        .map(SchemaUpgradeIT::columns)
        .collect(Collectors.toList());
  }

  private static Map<String, Object> columns(Row row) {
    Map<String, Object> columns = new TreeMap<>();
    for (ColumnDefinition column : row.getColumnDefinitions()) {
      if (!row.isNull(column.getName())) {
        columns.put(column.getName().asInternal(), row.getObject(column.getName()));
      }
    }
    return columns;
  }

  private static void check(PlaylogConfig config) {
    SparkConf conf = Cassandra.configure(new SparkConf(), config.cassandra());
    try (CassandraSession session = Cassandra.of(conf, config.cassandra()).open()) {
      Schema.check(session);
    }
  }

  private String definition(String keyspace) {
    return cql.refreshSchema().getKeyspace(keyspace).orElseThrow().describeWithChildren(true);
  }

  @ParameterizedTest
  @MethodSource("earlierStates")
  void rowsOfAnEarlierVersionAreKept(int filesApplied) throws IOException {
    String keyspace = "upgraded_from_" + filesApplied;
    Path configFile = servers.configFile(keyspace, Map.of());
    PlaylogConfig config = PlaylogConfig.load(configFile);
    applyFirst(filesApplied, keyspace, config);
    for (String table : rows(keyspace).keySet()) {
      cql.execute("INSERT INTO " + keyspace + "." + table + " " + ROWS.get(table));
    }
    Map<String, List<Map<String, Object>>> before = rows(keyspace);

    JobRun.output(configFile, "schema");
    check(config);
    assertThat(before.values()).allSatisfy(rows -> assertThat(rows).hasSize(1));
    assertThat(rows(keyspace)).containsAllEntriesOf(before).containsOnlyKeys(ROWS.keySet());

    String definition = definition(keyspace);
    JobRun.output(configFile, "schema");
    assertThat(definition(keyspace)).isEqualTo(definition);
    assertThat(rows(keyspace)).containsAllEntriesOf(before);
  }

  /** What a file that is added later does to a keyspace that is in use. */
  @Test
  void aColumnThatIsAddedLaterKeepsTheRows() throws IOException {
    String keyspace = "column_added";
    Path configFile = servers.configFile(keyspace, Map.of());
    PlaylogConfig config = PlaylogConfig.load(configFile);
    applyFirst(1, keyspace, config);
    String records = Files.readString(FOLDER.resolve("002-records.cql"));
    assertThat(records).contains("  tempo float,\n");
    cql.execute(records.replace("${keyspace}", keyspace).replace("  tempo float,\n", ""));
    cql.execute("INSERT INTO column_added.records " + ROWS.get("records"));
    assertThat(Main.run("status", "--config", configFile.toString()))
        .isEqualTo(ExitCode.NOT_SET_UP.code());

    cql.execute("ALTER TABLE column_added.records ADD IF NOT EXISTS tempo float");
    JobRun.output(configFile, "schema");
    assertThat(rows(keyspace).get("records")).hasSize(1);
  }

  @Test
  void twoAtOnceDoNoHarm() throws IOException {
    for (int round = 0; round < 3; round++) {
      Path configFile = servers.configFile("at_once_" + round, Map.of());
      List<CompletableFuture<Integer>> both =
          Stream.generate(() -> CompletableFuture.supplyAsync(() -> schema(configFile)))
              .limit(2)
              .toList();
      assertThat(both).allSatisfy(one -> assertThat(one.join()).isZero());
      check(PlaylogConfig.load(configFile));
    }
  }

  private static int schema(Path configFile) {
    return Main.run("schema", "--config", configFile.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "002-records.cql | energy float, | energy double, | records.energy: found double, expected float",
        "002-records.cql | energy float, | '' | records.energy: found no column, expected float",
        "002-records.cql | event_time, song_name) | event_time)"
            + " | records: found the primary key ((name), event_time), expected ((name), event_time, song_name)",
        "007-stream-progress.cql | unmatched bigint, | unmatched text,"
            + " | stream_progress.unmatched: found text, expected bigint"
      })
  void aTableThatDiffersIsRefusedWithTheDifference(
      String file, String words, String changed, String difference) throws IOException {
    String keyspace = "differs_" + Integer.toHexString((words + changed).hashCode());
    Path configFile = servers.configFile(keyspace, Map.of());
    PlaylogConfig config = PlaylogConfig.load(configFile);
    applyFirst(1, keyspace, config);
    String cqlOfFile = Files.readString(FOLDER.resolve(file)).replace("${keyspace}", keyspace);
    assertThat(cqlOfFile).contains(words);
    cql.execute(cqlOfFile.replace(words, changed));

    assertThat(schema(configFile)).isEqualTo(ExitCode.NOT_SET_UP.code());
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(() -> check(config))
        .withMessage(
            "Keyspace %s is not as this version needs it: %s. Run scripts/create-schema.sh, which adds what is missing; what differs must be altered by hand.",
            keyspace, difference);
  }
}
