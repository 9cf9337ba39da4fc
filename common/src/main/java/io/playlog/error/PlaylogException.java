package io.playlog.error;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A failure that its message explains: what was found, what was expected and what to do. */
public final class PlaylogException extends RuntimeException {
  private final ErrorCode code;

  public PlaylogException(ErrorCode code, String message) {
    this(code, message, null);
  }

  public PlaylogException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** The first one in a chain of causes: Spark wraps what a task or a batch throws. */
  public static Optional<PlaylogException> in(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(PlaylogException.class::isInstance)
        .map(PlaylogException.class::cast)
        .findFirst();
  }

  public ErrorCode code() {
    return code;
  }
}
