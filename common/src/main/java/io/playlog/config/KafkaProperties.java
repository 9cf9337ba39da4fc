package io.playlog.config;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which of Kafka's properties an operator may set: the others are refused with the reason. */
final class KafkaProperties {
  private static final String ISOLATION_LEVEL = "isolation.level";
  private static final Set<String> ISOLATION_LEVELS = Set.of("read_committed", "read_uncommitted");

  private static final String BYTES = "keys and values are read and written as bytes";
  private static final String POSITION =
      "where reading begins and goes on is the checkpoint's to say, and a new one begins at the"
          + " topic's first message";

  /** Those that Spark's Kafka source refuses, and those that would have no effect, or a bad one. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "auto.offset.reset", POSITION,
          "enable.auto.commit", POSITION,
          "key.deserializer", BYTES,
          "value.deserializer", BYTES,
          "key.serializer", BYTES,
          "value.serializer", BYTES,
          "interceptor.classes",
              "interceptors may change messages, so Spark's Kafka source does not take them",
          "transactional.id",
              "Playlog sends no transactions; what is read of those of others is for isolation.level",
          "bootstrap.servers", "the brokers are named by playlog.kafka.bootstrap-servers");

  private KafkaProperties() {}

  /** What is wrong with a property, without its value, which may be a secret. */
  static Optional<String> problem(String name, String value) {
    // As Spark compares them; and Kafka ignores a name in other letters without a word.
    String known = name.toLowerCase(Locale.ROOT);
    if (REFUSED.containsKey(known)) {
      return Optional.of("cannot be set: " + REFUSED.get(known));
    }
    if (known.startsWith("kafka.")) {
      return Optional.of(
          "expected Kafka's own name of the property, without the prefix kafka. of Spark's options");
    }
    if (known.equals(ISOLATION_LEVEL) && !name.equals(known)) {
      return Optional.of("has no effect in these letters, expected the name isolation.level");
    }
    if (known.equals(ISOLATION_LEVEL) && !ISOLATION_LEVELS.contains(value)) {
      return Optional.of("expected read_committed or read_uncommitted");
    }
    return Optional.empty();
  }
}
