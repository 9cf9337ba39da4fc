package io.playlog.config;

import com.typesafe.config.ConfigOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings that are passed through and hold a secret: which they are, that they are not empty, and
 * that others cannot read the file in which one is written.
 */
final class Secrets {
  private static final Pattern NAMES =
      Pattern.compile("(?i).*(password|secret|token|jaas\\.config|[.]key)");

  /** Of a store that holds what is public. */
  private static final Pattern PUBLIC = Pattern.compile("(?i).*truststore\\.password");

  /** Of Kafka: its own way to write a login. */
  private static final String LOGIN = "sasl.jaas.config";

  private static final Pattern BY_PASSWORD = Pattern.compile("\\.(Plain|Scram)LoginModule\\b");
  private static final Pattern PASSWORD =
      Pattern.compile("\\bpassword\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s;\"']*))");

  private static final String UNSET = "; a variable that it is taken from may not be set";

  private Secrets() {}

  /** What is wrong with a property, without its value. */
  static Optional<String> problem(String name, String value, ConfigOrigin origin) {
    if (!NAMES.matcher(name).matches()) {
      return Optional.empty();
    }
    if (value.isBlank()) {
      return Optional.of("found nothing, expected a secret" + UNSET);
    }
    boolean secret = true;
    if (name.equals(LOGIN)) {
      Matcher password = PASSWORD.matcher(value);
      secret = password.find() && !isEmpty(password);
      if (!secret && BY_PASSWORD.matcher(value).find()) {
        return Optional.of("found no password in it, expected one" + UNSET);
      }
    }
    return secret && !PUBLIC.matcher(name).matches() ? openFile(origin) : Optional.empty();
  }

  private static boolean isEmpty(Matcher password) {
    for (int group = 1; group <= password.groupCount(); group++) {
      if (password.group(group) != null && !password.group(group).isBlank()) {
        return false;
      }
    }
    return true;
  }

  /**
   * A text that is made of several, one of them a variable or in a file that is closed, has its
   * secret there.
   */
  private static Optional<String> openFile(ConfigOrigin origin) {
    List<String> sources =
        Arrays.stream(origin.description().replaceFirst("^merge of ", "").split(","))
            .map(source -> source.replaceFirst(": [0-9-]+$", ""))
            .toList();
    return sources.stream().allMatch(Secrets::isOpen)
        ? Optional.of(
            "found a secret in a file that others may read: chmod 600 %s, or take it from a variable of the environment"
                .formatted(sources.get(0)))
        : Optional.empty();
  }

  private static boolean isOpen(String file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(Path.of(file));
      return permissions.contains(PosixFilePermission.GROUP_READ)
          || permissions.contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | InvalidPathException | UnsupportedOperationException e) {
      return false; // No file, or on a system whose files have other rights.
    }
  }
}
