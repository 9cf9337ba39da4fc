package io.playlog.config;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Section {@code kafka}.
 *
 * @param properties passed to every Kafka client as they are; secrets, so never logged
 */
public record KafkaSettings(
    String bootstrapServers,
    String topic,
    String deadLetterTopic,
    int partitions,
    short replicationFactor,
    Duration retention,
    Duration deadLetterRetention,
    Map<String, String> properties)
    implements Serializable {
  private static final String PREFIX = "playlog.kafka.properties.";
  private static final Pattern USER = Pattern.compile("\\busername\\s*=\\s*[\"']?([^\"';\\s]+)");

  static KafkaSettings from(Section section) {
    return new KafkaSettings(
        section.text(
            "bootstrap-servers",
            "host:port[,host:port...], IPv6 in brackets",
            Address::haveHostsAndPorts),
        section.text("topic"),
        section.text("dead-letter-topic"),
        section.integer("partitions", 1, 10_000),
        (short) section.integer("replication-factor", 1, 100),
        section.duration("retention", Duration.ofMinutes(1)),
        section.duration("dead-letter-retention", Duration.ofMinutes(1)),
        section.properties("properties", KafkaProperties::problem));
  }

  /** The same with other properties. */
  KafkaSettings with(Map<String, String> others) {
    return new KafkaSettings(
        bootstrapServers,
        topic,
        deadLetterTopic,
        partitions,
        replicationFactor,
        retention,
        deadLetterRetention,
        others);
  }

  /** Who logs in, of a login by name and password. */
  public Optional<String> user() {
    return Optional.ofNullable(properties.get("sasl.jaas.config"))
        .map(USER::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1));
  }

  /**
   * To be called before a client is made.
   *
   * @throws io.playlog.error.PlaylogException if a store of certificates cannot be opened
   */
  public void requireStores() {
    for (String store : List.of("ssl.truststore.", "ssl.keystore.")) {
      String type = properties.getOrDefault(store + "type", StoreFile.JAVAS);
      if (!type.equals("PEM")) {
        StoreFile.of(PREFIX, properties, store + "location", store + "password", type)
            .ifPresent(StoreFile::require);
      }
    }
  }
}
