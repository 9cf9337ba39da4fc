package io.playlog.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.playlog.error.PlaylogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person reads who made a mistake in the file: where it is, what was found and expected. */
class BadSettingsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          kafka.topic = ""                   | found "", expected text that is not empty
          kafka.topic = []                   | found [], expected text that is not empty
          kafka.topic { a = 1 }              | found {"a":1}, expected text that is not empty
          kafka.bootstrap-servers = kafka    | found "kafka", expected host:port[,host:port...], IPv6 in brackets
          kafka.bootstrap-servers = "a:1,"   | found "a:1,", expected host:port[,host:port...], IPv6 in brackets
          kafka.partitions = many            | found "many", expected an integer from 1 to 10000
          kafka.partitions = 0               | found 0, expected an integer from 1 to 10000
          kafka.partitions = 4.5             | found 4.5, expected an integer from 1 to 10000
          kafka.partitions = 4294967297      | found 4294967297, expected an integer from 1 to 10000
          kafka.replication-factor = 101     | found 101, expected an integer from 1 to 100
          kafka.retention = 7 dyas           | found "7 dyas", expected a duration of at least 60000 ms, such as 5 s
          kafka.retention = 59 s             | found "59 s", expected a duration of at least 60000 ms, such as 5 s
          cassandra.contact-points = "a b"   | found "a b", expected host[:port][,host[:port]...], IPv6 in brackets
          cassandra.keyspace = my-listens    | found "my-listens", expected a name of at most 48 ASCII letters, digits and underscores, such as spotify
          cassandra.replication = 3          | found 3, expected a CQL map with a 'class', such as {'class': 'SimpleStrategy', 'replication_factor': 1}
          cassandra.replication = "{}"       | found "{}", expected a CQL map with a 'class', such as {'class': 'SimpleStrategy', 'replication_factor': 1}
          cassandra.replication { dc1 = 3 }  | found {"dc1":3}, expected a CQL map with a 'class', such as {'class': 'SimpleStrategy', 'replication_factor': 1}
          cassandra.contact-points = "::1"   | found "::1", expected host[:port][,host[:port]...], IPv6 in brackets
          kafka.bootstrap-servers = "[7]:1"  | found "[7]:1", expected host:port[,host:port...], IPv6 in brackets
          catalogue.path = "~ada/songs.csv"  | found "~ada/songs.csv", expected a path; ~ and ~/… are the home folder, that of another user has to be written out
          catalogue.path = "a\\u0000b"       | found "a\\u0000b", expected a path whose letters this locale can write (it has %1$s): set LC_ALL=C.UTF-8
          local.dir = "$HOME/x"              | found "$HOME/x", expected a path; what is in quotes stays as it is: write the folder out, or ~/…, or put the variable before the quotes, as in ${HOME}"/playlog"
          local.dir = "${HOME}/x"            | found "${HOME}/x", expected a path; what is in quotes stays as it is: write the folder out, or ~/…, or put the variable before the quotes, as in ${HOME}"/playlog"
          spark.stream-memory = 0m           | found "0m", expected an amount of memory, such as 800m or 2g
          cassandra.consistency = ANY        | found "ANY", expected one of ONE, LOCAL_ONE, TWO, QUORUM, LOCAL_QUORUM, EACH_QUORUM, ALL
          catalogue.path = " "               | found " ", expected text that is not empty
          producer.seed = 1.5                | found 1.5, expected an integer
          producer.interval = -5 s           | found "-5 s", expected a duration of at least 1 ms, such as 5 s
          producer.compression = zip         | found "zip", expected one of none, gzip, snappy, lz4, zstd
          report.time-budget = -1 s          | found "-1 s", expected a duration of at least 0 ms, such as 5 s
          cassandra.verify-host-name = maybe | found "maybe", expected true or false
          kafka.bootstrap-servers = "::1:1"  | found "::1:1", expected host:port[,host:port...], IPv6 in brackets
          kafka.bootstrap-servers = "a:65536" | found "a:65536", expected host:port[,host:port...], IPv6 in brackets
          kafka.bootstrap-servers = "[a:1"   | found "[a:1", expected host:port[,host:port...], IPv6 in brackets
          cassandra.contact-points = "a,b:0" | found "a,b:0", expected host[:port][,host[:port]...], IPv6 in brackets
          spark.ui-port = 65536              | found 65536, expected an integer from 1 to 65535
          spark.home = []                    | found [], expected a folder, or empty text
          local.kafka-memory = 512           | found 512, expected an amount of memory, such as 800m or 2g
          stream.lease-duration = 2 s        | found "2 s", expected a duration of at least 3000 ms, such as 5 s
          stream = 5                         | found 5, expected a section { ... }
          """)
  void badValue(String line, String problem) {
    String path = line.substring(0, line.indexOf(' '));

    refused(
        ShippedConfig.with(folder, "playlog." + line),
        "playlog.%s (%s: %d): %s",
        path,
        copy(),
        ShippedConfig.addedLine(),
        problem.replace("%1$s", System.getProperty("sun.jnu.encoding")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          playlogg = 1                | playlogg          | did you mean playlog?
          playlog.kafak { a = 1 }     | playlog.kafak     | did you mean playlog.kafka?
          playlog.report.garce = 1 m  | playlog.report.garce | did you mean playlog.report.grace?
          playlog.catalogue.path2 = x | playlog.catalogue.path2 | did you mean playlog.catalogue.path?
          kafka { topic = x }         | kafka             | did you mean playlog.kafka?
          playlog.topic = x           | playlog.topic     | did you mean playlog.kafka.topic?
          playlog.kafka.keyspace = x  | playlog.kafka.keyspace | did you mean playlog.cassandra.keyspace?
          playlog.report.day = x      | playlog.report.day | expected one of gate-timeout, grace, reads-in-flight, time-budget
          """)
  void unknownKey(String line, String path, String suggestion) {
    refused(
        ShippedConfig.with(folder, line),
        "%s (%s: %d): unknown key; %s",
        path,
        copy(),
        ShippedConfig.addedLine(),
        suggestion);
  }

  @Test
  void aNullIsNoValue() {
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(
            () -> PlaylogConfig.load(ShippedConfig.with(folder, "playlog.kafka.topic = null")))
        .withMessageStartingWith("playlog.kafka.topic (")
        .withMessageEndingWith("): found null, expected text that is not empty");
  }

  @Test
  void anEmptyFileMeansTheDefaults() throws IOException {
    Path file = Files.createFile(folder.resolve("empty.conf"));

    assertThat(PlaylogConfig.load(file).kafka().topic()).isEqualTo("spotify");
  }

  /** As an operator may still have it, who copied the file of an earlier version. */
  @Test
  void aKeyThatWasTakenOutHasNoEffectAndIsWarnedOf() {
    Path file = ShippedConfig.with(folder, "playlog.report.lookback = 7 d");
    List<String> warnings = new ArrayList<>();

    assertThat(PlaylogConfig.load(file, warnings::add))
        .isEqualTo(PlaylogConfig.load(ShippedConfig.with(folder)));
    assertThat(warnings)
        .containsExactly(
            "playlog.report.lookback ("
                + file
                + ") is no longer a setting and has no effect: a report with --due finds every"
                + " hour that needs it, however old; playlog.report.time-budget bounds how long it"
                + " goes on");
  }

  /** Until then each operator kept a copy of every key. */
  @Test
  void aCompleteFileOfAnEarlierVersionMeansTheSame() {
    List<String> warnings = new ArrayList<>();
    Path complete = Path.of("src/test/resources/complete.conf");

    Map<String, Object> settings = ResolvedSettings.of(PlaylogConfig.load(complete, warnings::add));

    Map<String, Object> defaults =
        ResolvedSettings.of(PlaylogConfig.load(Path.of("src/test/resources/empty.conf")));
    assertThat(settings).isEqualTo(defaults);
    assertThat(warnings).hasSize(1);
  }

  @Test
  void missingFile() {
    Path file = folder.resolve("gone.conf");

    refused(
        file,
        "Cannot read the configuration %s: there is no such file; name it with --config, such as"
            + " conf/application.conf",
        file);
  }

  @Test
  void folderInsteadOfAFile() {
    refused(folder, "Cannot read the configuration %s: found a folder, expected a file", folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          include "gone.conf"            | "gone.conf": %s/conf/gone.conf: there is no such file
          include "../gone.json"         | "../gone.json": %s/gone.json: there is no such file
          playlog { include "gone" }     | "gone": %s/conf/gone: there is no such file with .conf, .json or .properties
          include required("gone.conf")  | "gone.conf": %s/conf/gone.conf: there is no such file
          include file("%s/gone.conf")   | file("%s/gone.conf"): %s/gone.conf: there is no such file
          include url("file:%s/g.conf")  | url("file:%s/g.conf"): file:%s/g.conf: there is no such file
          include classpath("gone.conf") | classpath("gone.conf"): gone.conf: there is no such file
          include "present.conf"         | "further.conf": %s/conf/further.conf: there is no such file
          include "../conf"              | "../conf": %s/conf: found a folder, expected a file
          include file("%s/conf")        | file("%s/conf"): %s/conf: found a folder, expected a file
          include ""                     | "": %s/conf: found a folder, expected a file
          include "plain"                | "plain": %s/conf/plain: found a file of another kind, expected a name with .conf, .json or .properties
          """)
  void whatIsIncludedMustBeThere(String line, String problem) throws IOException {
    Path file = ShippedConfig.with(folder, line.replace("%s", folder.toString()));
    Files.writeString(file.resolveSibling("present.conf"), "include \"further.conf\"");
    Files.createFile(file.resolveSibling("plain"));

    refused(
        file,
        "Cannot read the configuration: include %s; what is included must be there",
        problem.replace("%s", folder.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO-8859-1", "UTF-16", "UTF-16LE", "UTF-32"})
  void notUtf8(String encoding) throws IOException {
    String settings = "playlog.catalogue.path = \"/srv/Müsik.csv\"";
    Path file = Files.write(folder.resolve("other.conf"), settings.getBytes(encoding));
    Path whole = Files.writeString(folder.resolve("whole.conf"), "include \"other.conf\"");

    String problem = "found a file in another encoding, expected text in UTF-8: save it so";
    refused(file, "Cannot read the configuration %s: %s", file, problem);
    refused(whole, "Cannot read the configuration include \"other.conf\": %s: %s", file, problem);
  }

  @Test
  void includesInACircle() throws IOException {
    Path file = Files.writeString(folder.resolve("a.conf"), "include \"a.conf\"");

    refused(
        file,
        "Cannot read the configuration %s: include statements nested more than 50 times, you"
            + " probably have a cycle in your includes.",
        file);
  }

  @Test
  void unresolvedSubstitution() {
    refused(
        ShippedConfig.with(folder, "playlog.kafka.topic = ${playlog.topik}"),
        "Cannot read the configuration %s: %d: Could not resolve substitution to a value:"
            + " ${playlog.topik}",
        copy(),
        ShippedConfig.addedLine());
  }

  @Test
  void notHocon() {
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(() -> PlaylogConfig.load(ShippedConfig.with(folder, "playlog.kafka.topic }")))
        .withMessageStartingWith(
            "Cannot read the configuration " + copy() + ": " + ShippedConfig.addedLine() + ": ");
  }

  @Test
  void valuesOfPropertiesAreNotShown() {
    refused(
        ShippedConfig.with(folder, "playlog.kafka.properties = hunter2"),
        "playlog.kafka.properties (%s: %d): found string (hidden), expected a section { ... }",
        copy(),
        ShippedConfig.addedLine());
    refused(
        ShippedConfig.with(folder, "playlog.cassandra.spark { a.password = [hunter2] }"),
        "playlog.cassandra.spark.a.password (%s: %d): found list (hidden), expected text or a"
            + " number",
        copy(),
        ShippedConfig.addedLine());
    refused(
        ShippedConfig.with(folder, "playlog.spark.job-conf { spark.a = \"hun\\nter2\" }"),
        "playlog.spark.job-conf.spark.a (%s: %d): found string (hidden), expected text or a number,"
            + " in one line",
        copy(),
        ShippedConfig.addedLine());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          auto.offset.reset = latest     | cannot be set: where reading begins
          enable.auto.commit = true      | cannot be set: where reading begins
          key.deserializer = a.B         | cannot be set: keys and values are
          Value.Deserializer = a.B       | cannot be set: keys and values are
          key.serializer = a.B           | cannot be set: keys and values are
          value.serializer = a.B         | cannot be set: keys and values are
          interceptor.classes = a.B      | cannot be set: interceptors may change messages
          transactional.id = playlog     | cannot be set: Playlog sends no transactions
          bootstrap.servers = "a:1"      | cannot be set: the brokers are named by playlog.kafka.bootstrap-servers
          kafka.isolation.level = read_committed | expected Kafka's own name of the property
          isolation.level = committed    | expected read_committed or read_uncommitted
          isolation.level = READ_COMMITTED | expected read_committed or read_uncommitted
          Isolation.Level = read_committed | has no effect in these letters, expected the name isolation.level
          """)
  void propertiesThatKafkaOrSparkWouldNotTake(String line, String problem) {
    String name = line.substring(0, line.indexOf(' '));
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(
            () ->
                PlaylogConfig.load(
                    ShippedConfig.with(folder, "playlog.kafka.properties { " + line + " }")))
        .withMessageStartingWith(
            "playlog.kafka.properties.%s (%s: %d): %s"
                .formatted(name, copy(), ShippedConfig.addedLine(), problem));
  }

  @Test
  void otherKafkaPropertiesAreTheOperators() {
    assertThat(
            PlaylogConfig.load(
                    ShippedConfig.with(
                        folder,
                        "playlog.kafka.properties { group.id = mine, isolation.level ="
                            + " read_committed, acks = all }"))
                .kafka()
                .properties())
        .isEqualTo(Map.of("group.id", "mine", "isolation.level", "read_committed", "acks", "all"));
  }

  @Test
  void theConnectorWouldIgnoreANameThatIsNotItsOwn() {
    refused(
        ShippedConfig.with(folder, "playlog.cassandra.spark { auth.username = playlog }"),
        "playlog.cassandra.spark (%s: %d): found the name auth.username, expected that of a"
            + " property of the connector, such as spark.cassandra.auth.username",
        copy(),
        ShippedConfig.addedLine());
  }

  @Test
  void sparkWouldIgnoreANameThatIsNotItsOwn() {
    refused(
        ShippedConfig.with(folder, "playlog.spark.stream-conf { executor.memory = 2g }"),
        "playlog.spark.stream-conf (%s: %d): found the name executor.memory, expected that of a"
            + " Spark property, such as spark.executor.memory",
        copy(),
        ShippedConfig.addedLine());
  }

  private Path copy() {
    return folder.resolve("conf/application.conf");
  }

  private static void refused(Path file, String message, Object... arguments) {
    assertThatExceptionOfType(PlaylogException.class)
        .isThrownBy(() -> PlaylogConfig.load(file))
        .withMessage(message.formatted(arguments));
  }
}
