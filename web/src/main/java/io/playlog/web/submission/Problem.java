package io.playlog.web.submission;

/**
 * Why a request is not done, as its answer says it. Without a stack trace: a player may come again
 * and again.
 */
final class Problem extends Exception {
  private final int status;
  private final Outcome outcome;
  private final long retryAfterSeconds;

  private Problem(int status, Outcome outcome, String message, long retryAfterSeconds) {
    super(message, null, false, false);
    this.status = status;
    this.outcome = outcome;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Sent again, it would be refused again. */
  static Problem refused(String message) {
    return new Problem(400, Outcome.REFUSED, message, 0);
  }

  static Problem unauthorized(String message) {
    return new Problem(401, Outcome.UNAUTHORIZED, message, 0);
  }

  static Problem limited(String message, long retryAfterSeconds) {
    return new Problem(429, Outcome.LIMITED, message, retryAfterSeconds);
  }

  /** The request is right, and to be sent again. */
  static Problem unavailable(String message, long retryAfterSeconds) {
    return new Problem(503, Outcome.UNAVAILABLE, message, retryAfterSeconds);
  }

  int status() {
    return status;
  }

  Outcome outcome() {
    return outcome;
  }

  /** 0 if it does not help. */
  long retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
