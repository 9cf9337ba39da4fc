package io.playlog.config;

import java.time.Duration;

/** Section {@code report}. */
public record ReportSettings(
    Duration grace, Duration gateTimeout, Duration lookback, int readsInFlight) {

  static ReportSettings from(Section section) {
    return new ReportSettings(
        section.duration("grace", Duration.ZERO),
        section.duration("gate-timeout", Duration.ZERO),
        section.duration("lookback", Duration.ofHours(1)),
        section.integer("reads-in-flight", 1, 1024));
  }
}
