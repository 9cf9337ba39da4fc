package io.playlog.jobs.audit;

import io.playlog.listen.ListenParser;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What an audit looks at.
 *
 * @param from Kafka time, from which on the topic is read
 * @param to Kafka time, not included; empty for all that the topic holds
 * @param hour looks only at listens of this hour of event time; messages that are no listens have
 *     none
 */
record AuditedTime(Instant from, Optional<Instant> to, Optional<Instant> hour) {
  private static final Duration HOUR = Duration.ofHours(1);

  static AuditedTime ofKafkaTime(Instant from, Instant to) {
    return new AuditedTime(from, Optional.of(to), Optional.empty());
  }

  /** A listen of the hour may be in a message that is older by what a listen may lie ahead. */
  static AuditedTime ofHour(Instant hour) {
    return new AuditedTime(hour.minus(ListenParser.MAX_AHEAD), Optional.empty(), Optional.of(hour));
  }

  @Override
  public String toString() {
    return hour.map(start -> "listens of " + start + " to " + start.plus(HOUR))
        .orElseGet(() -> "Kafka time " + from + " to " + to.orElseThrow());
  }
}
