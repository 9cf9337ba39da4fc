package io.playlog.store;

import io.playlog.cassandra.CassandraSession;
import io.playlog.kafka.Topic;
import io.playlog.listen.Hour;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * How far the stream and the reports have come.
 *
 * @param lag messages that are not stored yet
 * @param overdue those of them that have waited for longer than {@link #OVERDUE}
 * @param lastStored when the stream has stored something last
 * @param heldByTransactions messages that nobody may read yet
 * @param totals of all messages that were ever stored
 * @param lastPublished newest hour with a complete report
 * @param lastFinished when a report came to its end last
 * @param due hours that are over and need a report, newest first
 */
public record Status(
    long lag,
    long overdue,
    Optional<Instant> lastStored,
    long heldByTransactions,
    Counts totals,
    Optional<Hour> lastPublished,
    Optional<Instant> lastFinished,
    List<Hour> due) {

  /** A stream that is well stores a message sooner, or others meanwhile. */
  public static final Duration OVERDUE = Duration.ofMinutes(2);

  /**
   * @param topic of the listens
   * @param grace after which an hour is over
   */
  public static Status read(CassandraSession session, Topic topic, Duration grace)
      throws InterruptedException {
    StreamPosition position = StreamPosition.read(session, topic);
    long lag = position.lag();
    NavigableMap<Hour, Hours.State> hours = new Hours(session).read();
    return new Status(
        lag,
        lag == 0
            ? 0
            : topic
                .olderThan(Instant.now().minus(OVERDUE), position.end())
                .aheadOf(position.stored()),
        position.lastStored(),
        position.heldByTransactions(),
        position.totals(),
        Hours.lastPublished(hours),
        Hours.lastFinished(hours),
        Hours.due(hours, Instant.now().minus(grace)));
  }

  /** As {@code status} prints it: texts, numbers, null and an object. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("lag", lag);
    fields.put("lag_overdue", overdue);
    fields.put("last_stored", lastStored.map(Instant::toString).orElse(null));
    fields.put("held_by_transactions", heldByTransactions);
    fields.put("listens_stored", totals.listens());
    fields.put("unmatched", totals.unmatched());
    fields.put("dead_letters", totals.deadLetters());
    fields.put("dead_letters_by_reason", totals.deadLettersByReason());
    fields.put(
        "newest_event",
        totals.listens() == 0 ? null : Instant.ofEpochMilli(totals.newestEvent()).toString());
    fields.put("last_published_hour", lastPublished.map(Hour::toString).orElse(null));
    fields.put("last_report_finished", lastFinished.map(Instant::toString).orElse(null));
    fields.put("hours_due", due.size());
    fields.put("oldest_hour_due", due.isEmpty() ? null : due.get(due.size() - 1).toString());
    fields.put("newest_hour_due", due.isEmpty() ? null : due.get(0).toString());
    return fields;
  }
}
