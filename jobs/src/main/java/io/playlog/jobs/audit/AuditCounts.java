package io.playlog.jobs.audit;

import java.io.Serializable;

/**
 * Messages by what the audit found; each is counted once.
 *
 * @param stored distinct listens with a row in {@code records}
 * @param repeated messages with a listen that another message has too
 * @param deadLettered messages that are no listens and have a dead letter
 * @param missing distinct listens without a row, and messages without a dead letter
 */
record AuditCounts(long stored, long repeated, long deadLettered, long missing)
    implements Serializable {
  static final AuditCounts NONE = new AuditCounts(0, 0, 0, 0);

  /** All messages that were looked at. */
  long in() {
    return stored + repeated + deadLettered + missing;
  }

  AuditCounts plus(AuditCounts other) {
    return new AuditCounts(
        stored + other.stored,
        repeated + other.repeated,
        deadLettered + other.deadLettered,
        missing + other.missing);
  }
}
