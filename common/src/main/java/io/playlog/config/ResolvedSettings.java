package io.playlog.config;

import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The settings as flat {@code section.key} values, for scripts and logs; passed-through properties
 * hidden.
 */
public final class ResolvedSettings {
  static final String HIDDEN = "(hidden)";

  private ResolvedSettings() {}

  /**
   * @return each key of reference.conf, in its order, without the root's name; paths are absolute
   *     and durations are in seconds; and {@code local.kafka-bundled}, {@code
   *     local.cassandra-bundled} and {@code local.spark-bundled}, which follow from the addresses
   */
  public static Map<String, Object> of(PlaylogConfig config) {
    Map<String, Object> values = new LinkedHashMap<>();
    add(values, "", config);
    values.put(
        "security.used-folder",
        config.securityFolder().map(folder -> folder.path().toString()).orElse(""));
    values.put("local.kafka-bundled", config.kafkaIsBundled());
    values.put("local.cassandra-bundled", config.cassandraIsBundled());
    values.put("local.spark-bundled", config.sparkIsBundled());
    return values;
  }

  /**
   * Where the values come from: a file and its line, an environment variable, or the defaults.
   *
   * @return by key as {@link #of}; what is derived from others has none
   */
  public static Map<String, String> origins(Path file) {
    Map<String, String> origins = new HashMap<>();
    // Whoever asks has loaded the file before, and so has seen the warnings.
    for (Map.Entry<String, ConfigValue> entry :
        ConfigFile.read(file, warning -> {}).getConfig(ConfigFile.ROOT).entrySet()) {
      List<String> path = ConfigUtil.splitPath(entry.getKey());
      String origin = ConfigFile.origin(entry.getValue().origin());
      // Also of the section: a setting may be written as one.
      for (int length = path.size(); length > 0; length--) {
        origins.putIfAbsent(String.join(".", path.subList(0, length)), origin);
      }
    }
    return origins;
  }

  private static void add(Map<String, Object> values, String prefix, Record settings) {
    for (RecordComponent component : settings.getClass().getRecordComponents()) {
      String key = prefix + kebabCase(component.getName());
      Object value = value(settings, component);
      if (value instanceof Record section) {
        add(values, key + ".", section);
      } else if (value instanceof Map<?, ?> properties) {
        properties.keySet().forEach(name -> values.put(key + "." + name, HIDDEN));
      } else if (value instanceof Duration duration) {
        values.put(key, duration.toMillis() / 1000.0);
      } else if (value instanceof Number || value instanceof Boolean) {
        values.put(key, value);
      } else {
        values.put(key, value.toString());
      }
    }
  }

  private static Object value(Record settings, RecordComponent component) {
    try {
      return component.getAccessor().invoke(settings);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String kebabCase(String camelCase) {
    return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
