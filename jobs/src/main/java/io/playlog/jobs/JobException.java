package io.playlog.jobs;

/** A failure that its message explains fully: what was found, what was expected, what to do. */
public final class JobException extends RuntimeException {
  private final ExitCode exitCode;

  public JobException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
