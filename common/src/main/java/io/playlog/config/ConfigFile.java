package io.playlog.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.slf4j.LoggerFactory;

/**
 * Lays the operator's file over the defaults, and the environment over both. All are parsed by
 * themselves: the Cassandra driver and Spark resolve the global configuration, in which a mistake
 * of an operator would stop every session.
 */
final class ConfigFile {
  static final String ROOT = "playlog";

  /** Sections whose keys are not ours. */
  static final Set<String> PASSED_THROUGH =
      Set.of(
          "playlog.kafka.properties",
          "playlog.cassandra.spark",
          "playlog.spark.stream-conf",
          "playlog.spark.job-conf");

  /** Keys of earlier versions, and what became of them. */
  private static final Map<String, String> REMOVED =
      Map.of(
          "playlog.report.lookback",
          "a report with --due finds every hour that needs it, however old; playlog.report.time-budget bounds how long it goes on");

  private static final ClassLoader LOADER = ConfigFile.class.getClassLoader();

  private ConfigFile() {}

  /**
   * @return all settings, resolved
   * @throws PlaylogException if the file cannot be read, or has an unknown key
   */
  static Config read(Path file) {
    if (Files.notExists(file)) {
      throw bad(
          "Cannot read the configuration "
              + file
              + ": there is no such file; name it with --config, such as conf/application.conf");
    }
    try {
      Config operators =
          ConfigFactory.parseFile(
              file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
      // A jar's reference.conf holds those of libraries too.
      Config defaults = ConfigFactory.parseResources(LOADER, "reference.conf").withOnlyPath(ROOT);
      Config all = withEnvironment(withoutRemoved(operators).withFallback(defaults)).resolve();
      requireKnown("", all.root(), defaults.resolve().root());
      return all;
    } catch (com.typesafe.config.ConfigException e) {
      // The message starts with the file and the line.
      throw bad("Cannot read the configuration " + e.getMessage());
    }
  }

  /** Value by value: a section of it must not hide what somebody wrote in its place. */
  private static Config withEnvironment(Config config) {
    Config all = config;
    Config environment = ConfigFactory.parseResources(LOADER, "playlog-environment.conf").resolve();
    for (Map.Entry<String, ConfigValue> variable : environment.entrySet()) {
      all = all.withValue(variable.getKey(), variable.getValue());
    }
    return all;
  }

  private static Config withoutRemoved(Config operators) {
    Config kept = operators;
    for (Map.Entry<String, String> removed : REMOVED.entrySet()) {
      Config without = kept.withoutPath(removed.getKey());
      if (!without.equals(kept)) {
        // Made when it is used, as in Program.
        LoggerFactory.getLogger(ConfigFile.class)
            .warn(
                "{} is no longer a setting and is ignored: {}",
                removed.getKey(),
                removed.getValue());
      }
      kept = without;
    }
    return kept;
  }

  private static void requireKnown(String path, ConfigObject found, ConfigObject known) {
    for (Map.Entry<String, ConfigValue> entry : found.entrySet()) {
      String name = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
      ConfigValue expected = known.get(entry.getKey());
      if (expected == null) {
        throw bad(
            "%s (%s): unknown key; did you mean %s?"
                .formatted(
                    name,
                    entry.getValue().origin().description(),
                    nearest(path, entry.getKey(), known.keySet())));
      }
      if (!PASSED_THROUGH.contains(name)
          && entry.getValue() instanceof ConfigObject section
          && expected instanceof ConfigObject knownSection) {
        requireKnown(name, section, knownSection);
      }
    }
  }

  private static String nearest(String path, String key, Set<String> known) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    String nearest =
        known.stream()
            .min(
                Comparator.<String>comparingInt(name -> distance.apply(name, key))
                    .thenComparing(Comparator.naturalOrder()))
            .orElseThrow();
    return path.isEmpty() ? nearest : path + "." + nearest;
  }

  /**
   * Where a value comes from, for people: a file and its line, an environment variable, or the
   * defaults.
   */
  static String origin(ConfigOrigin origin) {
    String description = origin.description();
    if (description.startsWith("env var ")) {
      return "environment variable " + description.substring("env var ".length());
    }
    if (description.contains("reference.conf") && origin.filename() == null
        || description.contains("reference.conf @")) {
      return "default";
    }
    return description;
  }

  static PlaylogException bad(String message) {
    return new PlaylogException(ErrorCode.BAD_SETTINGS, message);
  }
}
