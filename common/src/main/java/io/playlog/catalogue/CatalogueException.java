package io.playlog.catalogue;

/** A catalogue that cannot be used; the message says file, line, column, found and expected. */
public final class CatalogueException extends RuntimeException {
  CatalogueException(String message) {
    super(message);
  }
}
