package io.playlog.producer.importing.formats;

/** A line cannot be used. Without a stack trace: a file may hold many of them. */
final class UnreadableException extends Exception {
  private final boolean isBroken;

  /**
   * @param reason says nothing of what stands in the line
   */
  UnreadableException(String reason) {
    this(reason, false);
  }

  private UnreadableException(String reason, boolean isBroken) {
    super(reason, null, false, false);
    this.isBroken = isBroken;
  }

  /** What stands there is not even a line of the file's format. */
  static UnreadableException broken(String reason) {
    return new UnreadableException(reason, true);
  }

  /** Whether the file is damaged, rather than that it tells of something that is no listen. */
  boolean isBroken() {
    return isBroken;
  }
}
