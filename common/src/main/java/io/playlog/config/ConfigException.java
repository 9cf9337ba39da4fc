package io.playlog.config;

/** A setting that cannot be used; the message says where it stands, what was found and expected. */
public final class ConfigException extends RuntimeException {
  ConfigException(String message) {
    super(message);
  }
}
