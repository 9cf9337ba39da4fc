package io.playlog.config;

import java.time.Duration;

/**
 * Section {@code web.submission}: what players may submit, and how fast.
 *
 * @param rateLimit requests of one listener within a window
 * @param requestsInFlight that are answered at a time; each takes a thread
 */
public record SubmissionSettings(
    int rateLimit, Duration rateWindow, int requestsInFlight, Duration acknowledgementTimeout) {

  static SubmissionSettings from(Section section) {
    return new SubmissionSettings(
        section.integer("rate-limit", 1, 1_000_000),
        section.duration("rate-window", Duration.ofSeconds(1)),
        section.integer("requests-in-flight", 1, 1_000),
        section.duration("acknowledgement-timeout", Duration.ofSeconds(1)));
  }
}
