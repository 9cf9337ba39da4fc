package io.playlog.listen;

/** An invalid message. Without a stack trace: a topic may hold millions of them. */
public final class RejectedException extends Exception {
  private final RejectReason reason;

  RejectedException(RejectReason reason) {
    super(reason.code(), null, false, false);
    this.reason = reason;
  }

  public RejectReason reason() {
    return reason;
  }
}
