package io.playlog.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException.BadValue;
import com.typesafe.config.ConfigException.WrongType;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.playlog.error.PlaylogException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/** One section of the resolved settings, read key by key; errors name path, found and expected. */
final class Section {
  private static final String VARIABLE_EXPECTED =
      "a path; what is in quotes stays as it is: write the folder out, or ~/…, or put the variable before the quotes, as in ${HOME}\"/playlog\"";
  private static final String LOCALE_EXPECTED =
      "a path whose letters this locale can write (it has %s): set LC_ALL=C.UTF-8";

  private final String path;
  private final Config config;
  private final Path folder;

  /**
   * @param folder the configuration file's folder, from which relative paths are taken
   */
  Section(String path, Config config, Path folder) {
    this.path = path;
    this.config = config;
    this.folder = folder;
  }

  Section section(String key) {
    return new Section(
        name(key), read(key, "a section { ... }", config::getConfig, found -> true), folder);
  }

  String text(String key) {
    return text(key, "text that is not empty", found -> !found.isBlank());
  }

  String text(String key, String expected, Predicate<String> valid) {
    return read(key, expected, config::getString, valid);
  }

  String choice(String key, String... choices) {
    return text(key, "one of " + String.join(", ", choices), Set.of(choices)::contains);
  }

  /** Not by {@code getInt}, which cuts off a fraction. */
  int integer(String key, int least, int most) {
    String expected = "an integer from " + least + " to " + most;
    return read(
        key,
        expected,
        k -> Integer.parseInt(config.getString(k)),
        found -> found >= least && found <= most);
  }

  long longInteger(String key) {
    return read(key, "an integer", k -> Long.parseLong(config.getString(k)), found -> true);
  }

  Duration duration(String key, Duration least) {
    String expected = "a duration of at least " + least.toMillis() + " ms, such as 5 s";
    return read(key, expected, config::getDuration, found -> found.compareTo(least) >= 0);
  }

  /**
   * {@code ~} and what begins with {@code ~/} is in the home folder of who runs the program. What
   * begins with a {@code $} was meant for a shell, and would be the name of a folder here.
   */
  Path path(String key) {
    String found = text(key);
    if (found.startsWith("$")) {
      throw unexpected(key, VARIABLE_EXPECTED);
    }
    String path = Home.expand(found).orElseThrow(() -> unexpected(key, Home.EXPECTED));
    try {
      return folder.resolve(path).normalize();
    } catch (InvalidPathException e) {
      throw unexpected(key, LOCALE_EXPECTED.formatted(System.getProperty("sun.jnu.encoding")));
    }
  }

  /** A folder like {@link #path}, or a URI with a scheme (hdfs:, s3a:), which stays as it is. */
  String pathOrUri(String key) {
    String found = text(key);
    return found.matches("[a-z][a-z0-9+.-]+:.*") ? found : path(key).toString();
  }

  /** A folder like {@link #path}, or empty text. */
  String pathOrEmpty(String key) {
    String found = text(key, "a folder, or empty text", any -> true);
    return found.isBlank() ? "" : path(key).toString();
  }

  /** In one line; written as text, or as a section with the same keys. */
  String cqlMap(String key, String expected) {
    if (config.hasPath(key) && config.getValue(key).valueType() == ConfigValueType.OBJECT) {
      return CqlMap.parse(CqlMap.of(properties(key))).orElseThrow(() -> unexpected(key, expected));
    }
    return CqlMap.parse(text(key, expected, found -> CqlMap.parse(found).isPresent()))
        .orElseThrow();
  }

  boolean flag(String key) {
    return read(key, "true or false", config::getBoolean, found -> true);
  }

  int port(String key) {
    return integer(key, 1, 65_535);
  }

  String memory(String key) {
    return text(
        key, "an amount of memory, such as 800m or 2g", found -> found.matches("[1-9]\\d*[mg]"));
  }

  /**
   * Keys with their full dotted name, however they are nested or quoted in the file, and values as
   * they are written there. They may be secrets, so that no message shows one.
   */
  Map<String, String> properties(String key) {
    return properties(key, "text or a number", found -> true);
  }

  /**
   * The same, each of them checked.
   *
   * @param problem of a name and its value, which it does not show; empty if there is none
   */
  Map<String, String> properties(String key, BiFunction<String, String, Optional<String>> problem) {
    Map<String, String> properties = properties(key);
    properties.forEach(
        (name, value) ->
            problem
                .apply(name, value)
                .ifPresent(
                    found -> {
                      throw ConfigFile.bad(
                          "%s.%s (%s): %s".formatted(name(key), name, origin(key), found));
                    }));
    return properties;
  }

  /** The same, for spark-submit, which ignores other names and is given a line for each. */
  Map<String, String> sparkProperties(String key) {
    return requireNames(
        "spark.",
        "a Spark property, such as spark.executor.memory",
        key,
        properties(key, "text or a number, in one line", found -> !found.contains("\n")));
  }

  /** The same, for the Spark Cassandra Connector, which ignores other names. */
  Map<String, String> connectorProperties(String key) {
    return requireNames(
        "spark.cassandra.",
        "a property of the connector, such as spark.cassandra.auth.username",
        key,
        properties(key));
  }

  private Map<String, String> requireNames(
      String prefix, String expected, String key, Map<String, String> properties) {
    for (String name : properties.keySet()) {
      if (!name.startsWith(prefix)) {
        throw ConfigFile.bad(
            "%s (%s): found the name %s, expected that of %s"
                .formatted(name(key), origin(key), name, expected));
      }
    }
    return properties;
  }

  private Map<String, String> properties(String key, String expected, Predicate<String> valid) {
    if (config.hasPath(key) && config.getValue(key).valueType() != ConfigValueType.OBJECT) {
      throw hidden(name(key), config.getValue(key), "a section { ... }");
    }
    Config values = section(key).config;
    SortedMap<String, String> properties = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : values.entrySet()) {
      String name = String.join(".", ConfigUtil.splitPath(entry.getKey()));
      boolean single = entry.getValue().valueType() != ConfigValueType.LIST;
      if (!single || !valid.test(values.getString(entry.getKey()))) {
        throw hidden(name(key) + "." + name, entry.getValue(), expected);
      }
      ConfigOrigin origin = entry.getValue().origin();
      Secrets.problem(name, values.getString(entry.getKey()), origin)
          .ifPresent(
              problem -> {
                throw ConfigFile.bad(
                    "%s.%s (%s): %s"
                        .formatted(name(key), name, ConfigFile.origin(origin), problem));
              });
      properties.put(name, values.getString(entry.getKey()));
    }
    return Collections.unmodifiableSortedMap(properties);
  }

  private <T> T read(String key, String expected, Function<String, T> getter, Predicate<T> valid) {
    if (!config.hasPath(key)) {
      throw ConfigFile.bad(
          "%s (%s): found null, expected %s".formatted(name(key), origin(key), expected));
    }
    T found;
    try {
      found = getter.apply(key);
    } catch (WrongType | BadValue | NumberFormatException e) {
      throw unexpected(key, expected);
    }
    if (!valid.test(found)) {
      throw unexpected(key, expected);
    }
    return found;
  }

  /** For keys that need each other; shows no value. */
  PlaylogException lacking(String key, String expected) {
    return ConfigFile.bad("%s (%s): expected %s".formatted(name(key), origin(key), expected));
  }

  private static PlaylogException hidden(String name, ConfigValue found, String expected) {
    return ConfigFile.bad(
        "%s (%s): found %s (hidden), expected %s"
            .formatted(
                name,
                ConfigFile.origin(found.origin()),
                found.valueType().name().toLowerCase(Locale.ROOT),
                expected));
  }

  private PlaylogException unexpected(String key, String expected) {
    return ConfigFile.bad(
        "%s (%s): found %s, expected %s"
            .formatted(
                name(key),
                origin(key),
                config.getValue(key).render(ConfigRenderOptions.concise()),
                expected));
  }

  private String name(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** A null takes the value away, and with it where it stood. */
  private String origin(String key) {
    ConfigValue found = config.root().get(key);
    return ConfigFile.origin(found == null ? config.origin() : found.origin());
  }
}
