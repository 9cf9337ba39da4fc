package io.playlog.jobs.rematch;

import io.playlog.jobs.schema.EventHour;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * The part of an hour of event time that a rematch is about.
 *
 * @param to not included
 */
record TimeSlice(Instant hour, Instant from, Instant to) implements Serializable {
  private static final Duration HOUR = Duration.ofHours(1);

  /** Oldest first; all but the first and the last are whole hours. */
  static Stream<TimeSlice> of(Instant from, Instant to) {
    return Stream.iterate(
            EventHour.of(from.toEpochMilli()), hour -> hour.isBefore(to), hour -> hour.plus(HOUR))
        .map(hour -> new TimeSlice(hour, later(from, hour), earlier(to, hour.plus(HOUR))));
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
