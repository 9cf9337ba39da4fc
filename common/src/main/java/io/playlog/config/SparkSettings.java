package io.playlog.config;

import java.util.Map;

/**
 * Section {@code spark}.
 *
 * @param streamConf Spark properties of the stream; secrets, so never logged
 * @param jobConf Spark properties of all other jobs; secrets, so never logged
 * @param home folder of a Spark installation; empty for the one that the start script installs
 */
public record SparkSettings(
    String home,
    String master,
    String streamMemory,
    String reportMemory,
    int uiPort,
    Map<String, String> streamConf,
    Map<String, String> jobConf) {

  static SparkSettings from(Section section) {
    return new SparkSettings(
        section.pathOrEmpty("home"),
        section.text("master"),
        section.memory("stream-memory"),
        section.memory("report-memory"),
        section.port("ui-port"),
        section.sparkProperties("stream-conf"),
        section.sparkProperties("job-conf"));
  }
}
