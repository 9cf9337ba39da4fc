package io.playlog.store;

import io.playlog.cassandra.CassandraSession;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How long listens stay, if an operator has bounded the history by {@code default_time_to_live}. A
 * row expires that long after it was written, and of an expired row nobody knows when that was; but
 * no row is written before its message was.
 *
 * @param duration zero if they stay for ever
 */
public record TimeToLive(Duration duration) implements Serializable {
  /**
   * Whose rows may expire. All other tables say what was done, which is done again without them.
   */
  public static final Set<String> TABLES =
      Set.of("records", "listeners_by_hour", "user_hourly_summary", "listeners");

  /** The shorter one of the two tables that a listen is looked for in. */
  public static TimeToLive ofListens(CassandraSession session) {
    return new TimeToLive(
        Stream.of("records", "listeners_by_hour")
            .map(session::timeToLive)
            .filter(bounded -> !bounded.isZero())
            .min(Duration::compareTo)
            .orElse(Duration.ZERO));
  }

  /**
   * Whether a row that was written at this time or later may have expired by now. If it cannot have
   * and is not there, it is missing. Cassandra counts in whole seconds since the epoch, so that a
   * row is gone up to a second before its time to live is over.
   */
  public boolean mayHaveExpired(Instant writtenSince, Instant now) {
    return !duration.isZero()
        && !writtenSince.truncatedTo(ChronoUnit.SECONDS).plus(duration).isAfter(now);
  }
}
