package io.playlog.config;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.LinkedHashMap;
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
   * @return each key of the file, in its order, without the root's name; paths are absolute and
   *     durations are in seconds; and {@code local.kafka-embedded} and {@code
   *     local.cassandra-embedded}, which follow from the addresses
   */
  public static Map<String, Object> of(PlaylogConfig config) {
    Map<String, Object> values = new LinkedHashMap<>();
    add(values, "", config);
    values.put("local.kafka-embedded", config.kafkaIsEmbedded());
    values.put("local.cassandra-embedded", config.cassandraIsEmbedded());
    return values;
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
      } else if (value instanceof Number) {
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
