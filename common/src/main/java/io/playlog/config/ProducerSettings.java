package io.playlog.config;

import java.time.Duration;

/**
 * Section {@code producer}.
 *
 * @param listeners synthetic listeners, the named one not counted
 * @param interval time between two listens of one listener
 */
public record ProducerSettings(
    int listeners, String namedListener, Duration interval, long seed, String compression) {

  static ProducerSettings from(Section section) {
    return new ProducerSettings(
        section.integer("listeners", 0, 1_000_000),
        section.text("named-listener"),
        section.duration("interval", Duration.ofMillis(1)),
        section.longInteger("seed"),
        section.choice("compression", "none", "gzip", "snappy", "lz4", "zstd"));
  }
}
