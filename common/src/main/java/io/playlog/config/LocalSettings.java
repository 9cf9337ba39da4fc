package io.playlog.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Section {@code local}: the bundled servers and what else start-all.sh starts.
 *
 * @param secure whether the bundled servers have TLS, logins and rights
 * @param nodes members of Kafka and of Cassandra, each on an address of its own: 1 or 3
 */
public record LocalSettings(
    int nodes,
    boolean secure,
    Path dir,
    int kafkaPort,
    int kafkaControllerPort,
    int kafkaMetricsPort,
    String kafkaMemory,
    int cassandraPort,
    int cassandraStoragePort,
    int cassandraMetricsPort,
    String cassandraMemory,
    int sparkMasterPort,
    int sparkMasterUiPort,
    int sparkWorkerPort,
    int sparkWorkerUiPort,
    int workerCores,
    String workerMemory,
    int airflowPort,
    Duration history) {

  static LocalSettings from(Section section) {
    return new LocalSettings(
        Integer.parseInt(section.choice("nodes", "1", "3")),
        section.flag("secure"),
        section.path("dir"),
        section.port("kafka-port"),
        section.port("kafka-controller-port"),
        section.port("kafka-metrics-port"),
        section.memory("kafka-memory"),
        section.port("cassandra-port"),
        section.port("cassandra-storage-port"),
        section.port("cassandra-metrics-port"),
        section.memory("cassandra-memory"),
        section.port("spark-master-port"),
        section.port("spark-master-ui-port"),
        section.port("spark-worker-port"),
        section.port("spark-worker-ui-port"),
        section.integer("worker-cores", 1, 1_000),
        section.memory("worker-memory"),
        section.port("airflow-port"),
        section.duration("history", Duration.ZERO));
  }

  /**
   * The loopback address of a member. Linux answers on all of 127.0.0.0/8, so that members differ
   * by it and have the same ports.
   *
   * @param member from 1 to {@link #nodes}
   */
  public static String host(int member) {
    return "127.0.0." + member;
  }

  /** The addresses of all members on a port, separated by commas. */
  public String addresses(int port) {
    return IntStream.rangeClosed(1, nodes)
        .mapToObj(member -> host(member) + ":" + port)
        .collect(Collectors.joining(","));
  }

  /**
   * The folder of a member, below that of the stack. A single one has its server's name, as it had
   * when there were no others.
   */
  public Path dir(String server, int member) {
    return dir.resolve(nodes == 1 ? server : server + "-" + member);
  }
}
