package io.playlog.config;

/**
 * Section {@code security}.
 *
 * @param folder of {@link SecurityFolder}; empty for none
 */
public record SecuritySettings(String folder) {
  static SecuritySettings from(Section section) {
    return new SecuritySettings(section.pathOrEmpty("folder"));
  }
}
