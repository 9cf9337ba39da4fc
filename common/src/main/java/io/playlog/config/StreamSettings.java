package io.playlog.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * Section {@code stream}.
 *
 * @param checkpoint folder or URI
 * @param leaseDuration since its last renewal
 * @param consumerGroup that shows what is stored; nothing reads its offsets
 * @param rowsPerWrite rows of one Cassandra partition per unlogged batch, at most
 * @param rowsInFlight rows of unanswered writes per task, at most
 */
public record StreamSettings(
    String checkpoint,
    Duration leaseDuration,
    String consumerGroup,
    Duration triggerInterval,
    int minOffsetsPerTrigger,
    Duration maxTriggerDelay,
    int maxOffsetsPerTrigger,
    int rowsPerWrite,
    int rowsInFlight,
    Duration stopTimeout,
    Duration stallTimeout,
    String metricsHost,
    int metricsPort)
    implements Serializable {
  /** Rows expire at whole seconds, up to one too early. */
  private static final Duration LEAST_LEASE = Duration.ofSeconds(3);

  static StreamSettings from(Section section) {
    return new StreamSettings(
        section.pathOrUri("checkpoint"),
        section.duration("lease-duration", LEAST_LEASE),
        section.text("consumer-group"),
        section.duration("trigger-interval", Duration.ZERO),
        section.integer("min-offsets-per-trigger", 1, Integer.MAX_VALUE),
        section.duration("max-trigger-delay", Duration.ZERO),
        section.integer("max-offsets-per-trigger", 1, Integer.MAX_VALUE),
        section.integer("rows-per-write", 1, 10_000),
        section.integer("rows-in-flight", 1, 8192),
        section.duration("stop-timeout", Duration.ZERO),
        section.duration("stall-timeout", Duration.ofSeconds(10)),
        section.text("metrics-host"),
        section.port("metrics-port"));
  }
}
