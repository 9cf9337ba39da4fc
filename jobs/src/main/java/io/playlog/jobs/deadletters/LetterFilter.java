package io.playlog.jobs.deadletters;

import io.playlog.listen.RejectReason;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Picks the letters of one topic that have a reason and came in a time, each message once. */
final class LetterFilter {
  private final String sourceTopic;
  private final RejectReason reason;
  private final long from;
  private final long to;
  private final Set<String> seen = new HashSet<>();
  private long withReason;

  /**
   * @param from of the source message's Kafka timestamp, included; null for all before {@code to}
   * @param to not included; null for all after {@code from}
   */
  LetterFilter(String sourceTopic, RejectReason reason, Instant from, Instant to) {
    this.sourceTopic = sourceTopic;
    this.reason = reason;
    this.from = from == null ? Long.MIN_VALUE : from.toEpochMilli();
    this.to = to == null ? Long.MAX_VALUE : to.toEpochMilli();
  }

  boolean picks(Letter letter) {
    if (!reason.code().equals(letter.reason()) || !sourceTopic.equals(letter.sourceTopic())) {
      return false;
    }
    withReason++;
    long timestamp = letter.sourceTimestamp();
    return from <= timestamp && timestamp < to && seen.add(letter.identity());
  }

  /** Letters that had the reason, whenever they came, repeated ones counted each time. */
  long withReason() {
    return withReason;
  }

  long picked() {
    return seen.size();
  }
}
