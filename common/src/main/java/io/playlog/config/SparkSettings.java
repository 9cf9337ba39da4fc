package io.playlog.config;

import java.time.Duration;
import java.util.Map;

/**
 * Section {@code spark}.
 *
 * @param streamConf Spark properties of the stream; secrets, so never logged
 * @param jobConf Spark properties of all other jobs; secrets, so never logged
 * @param home folder of a Spark installation; empty for the one that the start script installs
 * @param streamCores of a standalone cluster, for the stream; report: for each of the other jobs
 * @param resourcesTimeout for a cluster to take a job, and to give it its first executor
 */
public record SparkSettings(
    String home,
    String master,
    String streamMemory,
    String reportMemory,
    int streamCores,
    int reportCores,
    String streamExecutorMemory,
    String reportExecutorMemory,
    Duration resourcesTimeout,
    int uiPort,
    Map<String, String> streamConf,
    Map<String, String> jobConf) {

  static SparkSettings from(Section section) {
    return new SparkSettings(
        section.pathOrEmpty("home"),
        section.text("master"),
        section.memory("stream-memory"),
        section.memory("report-memory"),
        section.integer("stream-cores", 1, 100_000),
        section.integer("report-cores", 1, 100_000),
        section.memory("stream-executor-memory"),
        section.memory("report-executor-memory"),
        section.duration("resources-timeout", Duration.ofSeconds(1)),
        section.port("ui-port"),
        section.sparkProperties("stream-conf"),
        section.sparkProperties("job-conf"));
  }
}
