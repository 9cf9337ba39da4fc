package io.playlog.error;

/** What a program's end tells the one who started it; the same numbers in all programs. */
public enum ExitCode {
  OK(0, "done"),
  FAILED(1, "failed; the log says why"),
  BAD_INPUT(2, "arguments, settings, the catalogue, an export or the JDK cannot be used"),
  NOT_CAUGHT_UP(3, "the stream has not caught up in time"),
  HOUR_NOT_OVER(4, "the hour is not over yet"),
  NOT_SET_UP(
      5,
      "a topic, Cassandra, its tables, a permission or the checkpoint are not as they must be, or another stream runs"),
  MISSING(6, "the audit found that messages are missing"),
  NOT_AUDITABLE(7, "messages of the audited time have left the topic, or cannot be told"),
  UNREACHABLE(8, "Kafka, Cassandra or Spark does not answer, or does not let us in");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  /** For help texts. */
  public String meaning() {
    return meaning;
  }
}
