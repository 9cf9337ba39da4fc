package io.playlog.config;

import java.util.Optional;

/** The home folder, which a shell puts in the place of {@code ~} and a file does not. */
final class Home {
  static final String EXPECTED =
      "a path; ~ and ~/… are the home folder, that of another user has to be written out";

  private Home() {}

  /**
   * @return the path, absolute if it began with {@code ~}; empty if its home folder is not known
   */
  static Optional<String> expand(String path) {
    return expand(path, System.getenv("HOME"), System.getProperty("user.home"));
  }

  /**
   * @param variable {@code HOME}, which counts as it does for a shell; may be null or empty
   * @param user the folder that the system has for the user; {@code ?} if it knows none
   */
  static Optional<String> expand(String path, String variable, String user) {
    if (!path.startsWith("~")) {
      return Optional.of(path);
    }
    if (!path.equals("~") && !path.startsWith("~/")) {
      return Optional.empty();
    }
    return Optional.ofNullable(variable == null || variable.isEmpty() ? user : variable)
        .filter(home -> home.startsWith("/"))
        .map(home -> home + path.substring(1));
  }
}
