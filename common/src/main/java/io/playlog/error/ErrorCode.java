package io.playlog.error;

/**
 * Every error that stops a program. The id is printed with the message, stands in the runbook
 * ({@code docs/operations.md}) and is not used again for another error.
 */
public enum ErrorCode {
  BAD_ARGUMENTS("PL-100", ExitCode.BAD_INPUT),
  BAD_SETTINGS("PL-101", ExitCode.BAD_INPUT),
  BAD_CATALOGUE("PL-102", ExitCode.BAD_INPUT),
  BAD_MANIFEST("PL-103", ExitCode.BAD_INPUT),
  EXPORT_INCOMPLETE("PL-104", ExitCode.BAD_INPUT),
  NOT_EXPORTED("PL-105", ExitCode.BAD_INPUT),

  KAFKA_UNREACHABLE("PL-201", ExitCode.UNREACHABLE),
  KAFKA_REFUSED("PL-202", ExitCode.FAILED),
  TOPIC_MISSING("PL-203", ExitCode.NOT_SET_UP),
  TOPIC_COMPACTED("PL-204", ExitCode.NOT_SET_UP),
  TOPIC_RECREATED("PL-205", ExitCode.NOT_SET_UP),
  MESSAGES_EXPIRED("PL-206", ExitCode.NOT_SET_UP),
  TOPIC_TRUNCATED("PL-207", ExitCode.NOT_SET_UP),
  DEAD_LETTER_TOPIC_TOO_SMALL("PL-208", ExitCode.NOT_SET_UP),
  DEAD_LETTERS_NOT_WRITTEN("PL-209", ExitCode.FAILED),
  REPLAY_NOT_ACKNOWLEDGED("PL-210", ExitCode.FAILED),
  KAFKA_LOGIN("PL-211", ExitCode.UNREACHABLE),
  KAFKA_PERMISSION("PL-212", ExitCode.NOT_SET_UP),

  CASSANDRA_UNREACHABLE("PL-301", ExitCode.UNREACHABLE),
  CASSANDRA_REFUSED("PL-302", ExitCode.FAILED),
  SCHEMA_DIFFERS("PL-303", ExitCode.NOT_SET_UP),
  KEYSPACE_BEHIND_CHECKPOINT("PL-304", ExitCode.NOT_SET_UP),
  PROGRESS_MOVED_BACKWARDS("PL-305", ExitCode.NOT_SET_UP),

  CHECKPOINT_IN_USE("PL-401", ExitCode.NOT_SET_UP),
  CHECKPOINT_OF_ANOTHER_STREAM("PL-402", ExitCode.NOT_SET_UP),
  CHECKPOINT_UNUSABLE("PL-403", ExitCode.NOT_SET_UP),
  CHECKPOINT_DAMAGED("PL-711", ExitCode.NOT_SET_UP),
  TRANSACTION_OPEN("PL-712", ExitCode.NOT_SET_UP),
  STREAM_RUNS("PL-741", ExitCode.NOT_SET_UP),
  LEASE_LOST("PL-742", ExitCode.NOT_SET_UP),
  MESSAGE_UNREADABLE("PL-713", ExitCode.FAILED),
  MESSAGE_READABLE("PL-714", ExitCode.BAD_INPUT),
  NO_SUCH_MESSAGE("PL-715", ExitCode.BAD_INPUT),

  NOT_CAUGHT_UP("PL-501", ExitCode.NOT_CAUGHT_UP),
  HOUR_NOT_OVER("PL-502", ExitCode.HOUR_NOT_OVER),
  NOT_AUDITABLE("PL-503", ExitCode.NOT_AUDITABLE),

  NO_LOGIN("PL-771", ExitCode.BAD_INPUT),
  ADDRESS_IN_USE("PL-772", ExitCode.NOT_SET_UP),
  TOKEN_NOT_STORED("PL-773", ExitCode.FAILED),

  WRONG_JDK("PL-761", ExitCode.BAD_INPUT),
  WRONG_DATACENTER("PL-731", ExitCode.BAD_INPUT),
  CASSANDRA_TOO_OLD("PL-732", ExitCode.NOT_SET_UP),
  CASSANDRA_LOGIN("PL-733", ExitCode.UNREACHABLE),
  CASSANDRA_PERMISSION("PL-734", ExitCode.NOT_SET_UP),
  REPLICAS_UNAVAILABLE("PL-735", ExitCode.UNREACHABLE),
  CASSANDRA_TIMEOUT("PL-736", ExitCode.FAILED),
  REPLICATION_REFUSED("PL-737", ExitCode.BAD_INPUT),
  DISK_FULL("PL-738", ExitCode.NOT_SET_UP),
  CATALOGUE_TOO_LARGE("PL-701", ExitCode.BAD_INPUT),
  NOT_FORGOTTEN("PL-751", ExitCode.FAILED),

  SPARK_UNREACHABLE("PL-801", ExitCode.UNREACHABLE),
  NO_EXECUTORS("PL-802", ExitCode.UNREACHABLE),
  STREAM_STALLED("PL-803", ExitCode.UNREACHABLE),

  /**
   * A fault of Playlog's own, or one that nobody has explained yet: printed with its stack trace.
   */
  UNEXPECTED("PL-900", ExitCode.FAILED);

  private final String id;
  private final ExitCode exitCode;

  ErrorCode(String id, ExitCode exitCode) {
    this.id = id;
    this.exitCode = exitCode;
  }

  /** Such as {@code PL-203}. */
  public String id() {
    return id;
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
