package io.playlog.config;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;

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
}
