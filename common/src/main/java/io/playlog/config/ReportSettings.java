package io.playlog.config;

import java.time.Duration;

/** Section {@code report}. */
public record ReportSettings(
    Duration grace, Duration gateTimeout, Duration timeBudget, int readsInFlight) {

  static ReportSettings from(Section section) {
    return new ReportSettings(
        section.duration("grace", Duration.ZERO),
        section.duration("gate-timeout", Duration.ZERO),
        section.duration("time-budget", Duration.ZERO),
        section.integer("reads-in-flight", 1, 1024));
  }
}
