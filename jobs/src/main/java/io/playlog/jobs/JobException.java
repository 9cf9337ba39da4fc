package io.playlog.jobs;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A failure that its message explains fully: what was found, what was expected, what to do. */
public final class JobException extends RuntimeException {
  private final ExitCode exitCode;

  public JobException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** The one that a failure was caused by, in whatever Spark has wrapped it. */
  static Optional<JobException> in(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(JobException.class::isInstance)
        .map(JobException.class::cast)
        .findFirst();
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
