package io.playlog.jobs.audit;

import io.playlog.store.TimeToLive;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells listens that have expired from missing ones. A listen that is not there is called expired
 * if its last message is older than the tables' time to live: if it was stored in time, it would
 * have expired. One that is younger cannot have, and is missing, whatever became of its row.
 *
 * @param stampedByBroker else a message may have come later than its record timestamp says, so that
 *     a missing listen might be called expired: then none is, and the repair leaves those alone
 *     that may be
 */
record Expiry(TimeToLive timeToLive, boolean stampedByBroker) {

  /** Whether listens expire, and it can be told which have. */
  boolean canTell() {
    return bounded() && stampedByBroker;
  }

  private boolean bounded() {
    return !timeToLive.duration().isZero();
  }

  /** For a person who would wonder at what is missing. */
  Optional<String> note(String topic) {
    return Optional.of(
            "listens expire after %d s, but topic %s has message.timestamp.type=CreateTime: expired ones count as missing, and --repair stores none that is as old"
                .formatted(timeToLive.duration().toSeconds(), topic))
        .filter(any -> bounded() && !stampedByBroker);
  }

  AsOf asOf(Instant now) {
    return new AsOf(timeToLive, stampedByBroker, now);
  }

  /** What is expired at a time; travels to the executors. */
  record AsOf(TimeToLive timeToLive, boolean stampedByBroker, Instant now) implements Serializable {

    boolean isExpired(Entry missing) {
      return stampedByBroker && mayHaveExpired(missing);
    }

    boolean mayHaveExpired(Entry missing) {
      return missing.isListen()
          && timeToLive.mayHaveExpired(Instant.ofEpochMilli(missing.written()), now);
    }
  }
}
