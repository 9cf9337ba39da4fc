package io.playlog.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Lays the operator's file over the defaults, and the environment over both. All are parsed by
 * themselves: the Cassandra driver and Spark resolve the global configuration, in which a mistake
 * of an operator would stop every session.
 */
final class ConfigFile {
  static final String ROOT = "playlog";

  /** Sections whose keys are not ours. */
  private static final Set<String> PASSED_THROUGH =
      Set.of(
          "playlog.kafka.properties",
          "playlog.cassandra.spark",
          "playlog.spark.stream-conf",
          "playlog.spark.job-conf",
          "playlog.web.login");

  /** Keys of earlier versions, and what became of them. */
  private static final Map<String, String> REMOVED =
      Map.of(
          "playlog.report.lookback",
          "a report with --due finds every hour that needs it, however old; playlog.report.time-budget bounds how long it goes on");

  private static final String NODES = "playlog.local.nodes";
  private static final String DEFAULT = "default";
  private static final ConfigParseOptions MUST_EXIST =
      ConfigParseOptions.defaults().setAllowMissing(false);
  private static final ClassLoader LOADER = ConfigFile.class.getClassLoader();

  private ConfigFile() {}

  /**
   * @param warnings gets a line for each key of an earlier version, which has no effect
   * @return all settings, resolved
   * @throws PlaylogException if the file cannot be read, or has an unknown key
   */
  static Config read(Path file, Consumer<String> warnings) {
    if (Files.notExists(file)) {
      throw bad(
          "Cannot read the configuration "
              + file
              + ": there is no such file; name it with --config, such as conf/application.conf");
    }
    if (Files.isDirectory(file)) {
      throw bad("Cannot read the configuration " + file + ": found a folder, expected a file");
    }
    requireText(file, "");
    try {
      Config operators =
          ConfigFactory.parseFile(
              withFolder(file).toFile(), MUST_EXIST.prependIncluder(new RequiredIncludes()));
      // A jar's reference.conf holds those of libraries too.
      Config defaults =
          ConfigFactory.parseResources(
                  LOADER, "reference.conf", MUST_EXIST.setOriginDescription(DEFAULT))
              .withOnlyPath(ROOT);
      Config set = withoutRemoved(operators, file, warnings);
      Config nodes = ofNodes(withEnvironment(set.withFallback(defaults)).resolve());
      Config all = withEnvironment(set.withFallback(nodes).withFallback(defaults)).resolve();
      requireKnown("", all.root(), defaults.resolve());
      return all;
    } catch (com.typesafe.config.ConfigException e) {
      // The message starts with the file and the line; that of a cycle ends with 50 files.
      throw bad("Cannot read the configuration " + e.getMessage().replaceFirst(" Trace: .*", ""));
    }
  }

  /**
   * The library puts other characters in the place of what is not UTF-8, and so would use another
   * path, say, than somebody has written.
   *
   * @param includedAs empty for the file that includes others
   */
  static void requireText(Path file, String includedAs) {
    if (!Files.isRegularFile(file)) {
      return; // What can be read but once, such as a pipe, is not looked at.
    }
    try {
      if (Files.readString(file).indexOf('\0') < 0) {
        return;
      }
    } catch (CharacterCodingException e) {
      // Said below.
    } catch (IOException e) {
      return; // The library says why.
    }
    throw bad(
        "Cannot read the configuration %s%s: found a file in another encoding, expected text in UTF-8: save it so"
            .formatted(includedAs, file));
  }

  /** The library finds no file beside one that is named without its folder. */
  private static Path withFolder(Path file) {
    return file.getParent() == null ? Path.of(".").resolve(file) : file;
  }

  /** Value by value: a section of it must not hide what somebody wrote in its place. */
  private static Config withEnvironment(Config config) {
    Config all = config;
    Config names = ConfigFactory.parseResources(LOADER, "playlog-environment.conf", MUST_EXIST);
    for (Map.Entry<String, ConfigValue> entry : names.entrySet()) {
      String name = entry.getValue().unwrapped().toString();
      String value = System.getenv(name);
      if (value != null) {
        all =
            all.withValue(
                entry.getKey(),
                ConfigValueFactory.fromAnyRef(value, "environment variable " + name));
      }
    }
    return all;
  }

  /** What stands for a number of nodes in the place of defaults; nothing for one. */
  private static Config ofNodes(Config config) {
    String number = config.hasPath(NODES) ? config.getValue(NODES).unwrapped().toString() : "";
    return ConfigFactory.parseResources(
        LOADER,
        "playlog-nodes-" + number + ".conf",
        ConfigParseOptions.defaults().setOriginDescription(DEFAULT + " of " + number + " nodes"));
  }

  private static Config withoutRemoved(Config operators, Path file, Consumer<String> warnings) {
    Config kept = operators;
    for (Map.Entry<String, String> removed : REMOVED.entrySet()) {
      Config without = kept.withoutPath(removed.getKey());
      if (!without.equals(kept)) {
        warnings.accept(
            "%s (%s) is no longer a setting and has no effect: %s"
                .formatted(removed.getKey(), file, removed.getValue()));
      }
      kept = without;
    }
    return kept;
  }

  private static void requireKnown(String path, ConfigObject found, Config defaults) {
    ConfigObject known = path.isEmpty() ? defaults.root() : defaults.getObject(path);
    for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(found).entrySet()) {
      String name = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
      ConfigValue expected = known.get(entry.getKey());
      if (expected == null) {
        throw bad(
            "%s (%s): unknown key; %s"
                .formatted(
                    name,
                    entry.getValue().origin().description(),
                    Suggestion.of(path, entry.getKey(), known.keySet(), paths(defaults))));
      }
      if (!PASSED_THROUGH.contains(name)
          && entry.getValue() instanceof ConfigObject section
          && expected instanceof ConfigObject) {
        requireKnown(name, section, defaults);
      }
    }
  }

  /** The full paths of all keys that may be set, and of their sections. */
  private static Set<String> paths(Config defaults) {
    Set<String> paths = new TreeSet<>(PASSED_THROUGH);
    for (Map.Entry<String, ConfigValue> entry : defaults.entrySet()) {
      for (String path = entry.getKey();
          path.contains(".");
          path = path.substring(0, path.lastIndexOf('.'))) {
        paths.add(path);
      }
    }
    return paths;
  }

  /**
   * Where a value comes from, for people: a file and its line, an environment variable, or {@code
   * default}; several, if it is made of several.
   */
  static String origin(ConfigOrigin origin) {
    return origin
        .description()
        .replaceFirst("^merge of ", "")
        .replaceAll("(?<=^|,)(" + DEFAULT + "(?: of \\w+ nodes)?): [0-9-]+", "$1");
  }

  static PlaylogException bad(String message) {
    return new PlaylogException(ErrorCode.BAD_SETTINGS, message);
  }
}
