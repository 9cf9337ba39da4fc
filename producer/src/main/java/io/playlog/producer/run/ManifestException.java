package io.playlog.producer.run;

/** The file for the manifest cannot be used; the message says why. */
public final class ManifestException extends RuntimeException {
  ManifestException(String message, Throwable cause) {
    super(message, cause);
  }
}
