package io.playlog.producer;

/** What the process's end tells scripts. */
public enum ExitCode {
  OK(0),
  /** A listen was not acknowledged, or the run broke off. */
  FAILED(1),
  /** Arguments, configuration or catalogue cannot be used. */
  USAGE(2),
  /** No broker answers, or a topic is missing or cannot be used. */
  KAFKA_NOT_READY(3);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
