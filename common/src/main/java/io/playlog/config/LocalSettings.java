package io.playlog.config;

import java.nio.file.Path;
import java.time.Duration;

/** Section {@code local}: the bundled servers and what else start-all.sh starts. */
public record LocalSettings(
    Path dir,
    int kafkaPort,
    int kafkaControllerPort,
    int kafkaMetricsPort,
    String kafkaMemory,
    int cassandraPort,
    int cassandraStoragePort,
    int cassandraMetricsPort,
    String cassandraMemory,
    int airflowPort,
    Duration history) {

  static LocalSettings from(Section section) {
    return new LocalSettings(
        section.path("dir"),
        section.port("kafka-port"),
        section.port("kafka-controller-port"),
        section.port("kafka-metrics-port"),
        section.memory("kafka-memory"),
        section.port("cassandra-port"),
        section.port("cassandra-storage-port"),
        section.port("cassandra-metrics-port"),
        section.memory("cassandra-memory"),
        section.port("airflow-port"),
        section.duration("history", Duration.ZERO));
  }
}
