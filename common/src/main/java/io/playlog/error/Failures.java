package io.playlog.error;

/** What the failures of others say, for the sentence that explains them. */
public final class Failures {
  private Failures() {}

  /** The innermost cause: what libraries say around it is about themselves. */
  public static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /**
   * Its message, or else its class, in one line and without the full stop, which the sentence
   * around it has.
   */
  public static String words(Throwable failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return message.strip().replaceAll("\\s*\\R\\s*", " ").replaceFirst("\\.$", "");
  }
}
