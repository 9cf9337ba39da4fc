package io.playlog.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints resolved settings, so that scripts need not read HOCON. */
@Command(
    name = "settings",
    mixinStandardHelpOptions = true,
    description =
        "Prints resolved settings: all as `key = value`, or the values of the keys given.")
public final class SettingsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      defaultValue = "conf/application.conf",
      description = "Configuration file (default: ${DEFAULT-VALUE}).")
  private Path config;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Parameters(paramLabel = "KEY", description = "Such as kafka.topic; durations are in seconds.")
  private List<String> keys = List.of();

  /** Runs the command by itself: {@code java -cp JAR io.playlog.config.SettingsCommand}. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new SettingsCommand()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    Map<String, Object> values;
    try {
      values = ResolvedSettings.of(PlaylogConfig.load(config));
    } catch (ConfigException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    for (String key : keys) {
      if (!values.containsKey(key)) {
        throw new ParameterException(spec.commandLine(), "No setting is named " + key);
      }
    }
    if (json) {
      if (!keys.isEmpty()) {
        values.keySet().retainAll(keys);
      }
      println(toJson(values));
    } else if (keys.isEmpty()) {
      values.forEach((key, value) -> println(key + " = " + value));
    } else {
      keys.forEach(key -> println(values.get(key)));
    }
    return 0;
  }

  private void println(Object line) {
    spec.commandLine().getOut().println(line);
  }

  private static String toJson(Map<String, Object> values) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      for (Map.Entry<String, Object> entry : values.entrySet()) {
        json.writeFieldName(entry.getKey());
        if (!(entry.getValue() instanceof String)) {
          json.writeRawValue(entry.getValue().toString());
        } else {
          json.writeString(entry.getValue().toString());
        }
      }
      json.writeEndObject();
    }
    return text.toString();
  }
}
