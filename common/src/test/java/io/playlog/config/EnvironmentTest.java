package io.playlog.config;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each variable of playlog-environment.conf, in a JVM that has all of them set. */
class EnvironmentTest {
  private record Replaced(String key, String value) {}

  private static final Map<String, Replaced> OVERRIDES =
      new TreeMap<>(
          Map.ofEntries(
              entry("PLAYLOG_KAFKA", new Replaced("kafka.bootstrap-servers", "k1:1,k2:2")),
              entry("PLAYLOG_CASSANDRA", new Replaced("cassandra.contact-points", "c1,c2:3")),
              entry("PLAYLOG_CATALOGUE", new Replaced("catalogue.path", "/srv/songs.csv")),
              entry("PLAYLOG_CHECKPOINT", new Replaced("stream.checkpoint", "s3a://bucket/c")),
              entry("PLAYLOG_SPARK_HOME", new Replaced("spark.home", "/opt/spark")),
              entry("PLAYLOG_SPARK_MASTER", new Replaced("spark.master", "yarn")),
              entry("PLAYLOG_SPARK_UI_PORT", new Replaced("spark.ui-port", "4")),
              entry("PLAYLOG_STREAM_METRICS_PORT", new Replaced("stream.metrics-port", "10")),
              entry("PLAYLOG_WEB_PORT", new Replaced("web.port", "11")),
              entry("PLAYLOG_SECURITY_FOLDER", new Replaced("security.folder", "/srv/logins")),
              entry("PLAYLOG_LOCAL_SECURE", new Replaced("local.secure", "true")),
              entry("PLAYLOG_LOCAL_NODES", new Replaced("local.nodes", "3")),
              entry("PLAYLOG_LOCAL_DIR", new Replaced("local.dir", "/srv/playlog")),
              entry("PLAYLOG_KAFKA_PORT", new Replaced("local.kafka-port", "5")),
              entry(
                  "PLAYLOG_KAFKA_CONTROLLER_PORT",
                  new Replaced("local.kafka-controller-port", "6")),
              entry("PLAYLOG_KAFKA_METRICS_PORT", new Replaced("local.kafka-metrics-port", "12")),
              entry("PLAYLOG_CASSANDRA_PORT", new Replaced("local.cassandra-port", "7")),
              entry(
                  "PLAYLOG_CASSANDRA_STORAGE_PORT",
                  new Replaced("local.cassandra-storage-port", "8")),
              entry(
                  "PLAYLOG_CASSANDRA_METRICS_PORT",
                  new Replaced("local.cassandra-metrics-port", "13")),
              entry("PLAYLOG_SPARK_MASTER_PORT", new Replaced("local.spark-master-port", "14")),
              entry(
                  "PLAYLOG_SPARK_MASTER_UI_PORT", new Replaced("local.spark-master-ui-port", "15")),
              entry("PLAYLOG_SPARK_WORKER_PORT", new Replaced("local.spark-worker-port", "16")),
              entry(
                  "PLAYLOG_SPARK_WORKER_UI_PORT", new Replaced("local.spark-worker-ui-port", "17")),
              entry("PLAYLOG_AIRFLOW_PORT", new Replaced("local.airflow-port", "9"))));

  @Test
  void noOverrideOfTheFileIsLeftOut() throws IOException {
    assertThat(
            Pattern.compile("= ([A-Z]+_\\w+)")
                .matcher(Files.readString(Path.of("src/main/resources/playlog-environment.conf")))
                .results()
                .map(match -> match.group(1)))
        .containsExactlyInAnyOrderElementsOf(OVERRIDES.keySet());
  }

  @Test
  void environmentReplacesTheFilesValues() throws Exception {
    Map<String, String> variables = new TreeMap<>();
    OVERRIDES.forEach((name, override) -> variables.put(name, override.value()));

    List<String> expected = new ArrayList<>();
    OVERRIDES.forEach(
        (name, override) ->
            expected.add(
                override.key() + " = " + override.value() + "  # environment variable " + name));
    expected.add("local.kafka-bundled = false  # derived");
    expected.add("local.cassandra-bundled = false  # derived");
    expected.add("local.spark-bundled = false  # derived");
    assertThat(settings(variables).lines()).containsAll(expected);
  }

  @Test
  void aValueThatIsMadeOfAnotherNamesBothOrigins() throws Exception {
    assertThat(settings(Map.of("PLAYLOG_KAFKA_PORT", "5")).lines())
        .contains(
            "kafka.bootstrap-servers = 127.0.0.1:5  # default,environment variable"
                + " PLAYLOG_KAFKA_PORT");
  }

  @Test
  void aBadValueNamesItsVariable() throws Exception {
    assertThat(settings(Map.of("PLAYLOG_KAFKA_PORT", "many")))
        .startsWith(
            "PL-101: playlog.local.kafka-port (environment variable PLAYLOG_KAFKA_PORT): found"
                + " \"many\", expected an integer from 1 to 65535");
  }

  /** What the command prints, errors too, in an environment of its own. */
  private static String settings(Map<String, String> variables) throws IOException {
    ProcessBuilder java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SettingsProgram.class.getName(),
                "settings",
                "--config",
                ShippedConfig.FILE.toString())
            .redirectErrorStream(true);
    java.environment().clear();
    java.environment().putAll(variables);
    return new String(java.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
