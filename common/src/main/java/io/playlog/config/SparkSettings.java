package io.playlog.config;

/**
 * Section {@code spark}.
 *
 * @param home folder of a Spark installation; empty for the one that the start script installs
 */
public record SparkSettings(
    String home, String master, String streamMemory, String reportMemory, int uiPort) {

  static SparkSettings from(Section section) {
    return new SparkSettings(
        section.pathOrEmpty("home"),
        section.text("master"),
        section.memory("stream-memory"),
        section.memory("report-memory"),
        section.port("ui-port"));
  }
}
