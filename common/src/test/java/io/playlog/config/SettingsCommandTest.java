package io.playlog.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.playlog.cli.Program;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsTheValuesOfKeysInTheirOrder() {
    int exitCode = run(shipped(), "spark.ui-port", "kafka.topic", "local.dir", "report.grace");

    assertThat(exitCode).isZero();
    assertThat(out.toString().lines())
        .containsExactly("4040", "spotify", folder.resolve("var").toString(), "60.0");
  }

  @Test
  void printsAllSettingsAndWhereTheyComeFrom() {
    Path file = ShippedConfig.with(folder, "playlog.kafka.topic = listens");
    assertThat(run(file)).isZero();
    assertThat(out.toString().lines())
        .hasSameSizeAs(ResolvedSettings.of(PlaylogConfig.load(file)).keySet())
        .contains(
            "kafka.topic = listens  # " + file + ": " + ShippedConfig.addedLine(),
            "stream.trigger-interval = 0.25  # default",
            "spark.home =   # default",
            "local.kafka-bundled = true  # derived");
  }

  @Test
  void printsSparkPropertiesForSparkSubmit() {
    Path file =
        ShippedConfig.with(
            folder,
            "playlog.spark.stream-conf { spark.cores.max = 2 }",
            "playlog.spark.job-conf { \"spark.executor.memory\" = 1g, spark.x = \"a b\" }");
    assertThat(run(file, "--spark-conf", "stream", "spark.ui-port")).isZero();
    assertThat(out.toString().lines()).containsExactly("4040", "spark.cores.max=2");
    assertThat(run(file, "--spark-conf=job")).isZero();
    assertThat(out.toString()).contains("spark.executor.memory=1g", "spark.x=a b");
  }

  @Test
  void settingsHaveTheKeysOfTheFileInItsOrder() {
    List<String> keys = new ArrayList<>(ReferenceTest.keys());
    keys.removeAll(
        List.of(
            "kafka.properties",
            "cassandra.spark",
            "spark.stream-conf",
            "spark.job-conf",
            "web.login"));
    keys.addAll(
        List.of(
            "security.used-folder",
            "local.kafka-bundled",
            "local.cassandra-bundled",
            "local.spark-bundled"));

    assertThat(ResolvedSettings.of(PlaylogConfig.load(shipped())).keySet())
        .containsExactlyElementsOf(keys);
  }

  @Test
  void jsonHasTheSameValues() throws IOException {
    Path file = ShippedConfig.with(folder, "playlog.producer.named-listener = \"\\\"Zoë\\\\\\n\"");

    assertThat(run(file, "--json")).isZero();
    assertThat(json(out.toString()).toString())
        .isEqualTo(ResolvedSettings.of(PlaylogConfig.load(file)).toString());
  }

  @Test
  void jsonOfSomeKeys() throws IOException {
    assertThat(run(shipped(), "--json", "producer.listeners", "local.kafka-bundled")).isZero();
    assertThat(json(out.toString()))
        .containsOnly(Map.entry("producer.listeners", 60), Map.entry("local.kafka-bundled", true));
  }

  @Test
  void unknownKey() {
    assertThat(run(shipped(), "kafka.topic", "kafka.topik")).isEqualTo(2);
    assertThat(err.toString()).startsWith("PL-100: No setting is named kafka.topik");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void unusableFile() {
    Path file = ShippedConfig.with(folder, "playlog.kafka.partitions = none");

    assertThat(run(file)).isEqualTo(2);
    assertThat(err.toString())
        .startsWith(
            "PL-101: playlog.kafka.partitions (" + file + ": " + ShippedConfig.addedLine() + "): ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void secretsAreHidden() {
    Path file =
        ShippedConfig.with(
            folder,
            "playlog.kafka.properties { ssl.key.password = hunter2, sasl { jaas = hunter2 } }",
            "playlog.cassandra.spark { spark.cassandra.auth.password = hunter2 }",
            "playlog.spark.job-conf { spark.x.password = hunter2 }");

    assertThat(PlaylogConfig.load(file).kafka().properties()).containsValue("hunter2");
    assertThat(ResolvedSettings.of(PlaylogConfig.load(file)).toString()).doesNotContain("hunter2");
    assertThat(run(file)).isZero();
    assertThat(run(file, "--json")).isZero();
    assertThat(run(file, "kafka.properties.ssl.key.password")).isZero();
    assertThat(out.toString())
        .contains(
            "kafka.properties.ssl.key.password = (hidden)",
            "spark.job-conf.spark.x.password = (hidden)",
            "kafka.properties.sasl.jaas = (hidden)",
            "cassandra.spark.spark.cassandra.auth.password = (hidden)")
        .doesNotContain("hunter2");
  }

  private Path shipped() {
    return ShippedConfig.with(folder);
  }

  private int run(Path file, String... arguments) {
    List<String> all = new ArrayList<>(List.of("settings", "--config", file.toString()));
    all.addAll(List.of(arguments));
    return Program.commandLine(new SettingsProgram())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private static Map<String, Object> json(String text) throws IOException {
    Map<String, Object> values = new LinkedHashMap<>();
    try (JsonParser json = new JsonFactory().createParser(text)) {
      assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        JsonToken type = json.nextToken();
        values.put(
            key,
            switch (type) {
              case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
              case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getNumberValue();
              case VALUE_STRING -> json.getText();
              default -> throw new AssertionError(key + ": " + type);
            });
      }
      assertThat(json.nextToken()).isNull();
    }
    return values;
  }
}
