package io.playlog.config;

import java.nio.file.Path;

/** Section {@code catalogue}. */
public record CatalogueSettings(Path path) {
  static CatalogueSettings from(Section section) {
    return new CatalogueSettings(section.path("path"));
  }
}
