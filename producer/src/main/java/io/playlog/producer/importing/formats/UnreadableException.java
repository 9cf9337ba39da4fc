package io.playlog.producer.importing.formats;

/** A line cannot be used. Without a stack trace: a file may hold many of them. */
final class UnreadableException extends Exception {
  /**
   * @param reason says nothing of what stands in the line
   */
  UnreadableException(String reason) {
    super(reason, null, false, false);
  }
}
