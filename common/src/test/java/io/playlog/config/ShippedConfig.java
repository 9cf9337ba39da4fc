package io.playlog.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** Copies of the shipped file, with lines added, which nobody else may read: they hold secrets. */
final class ShippedConfig {
  static final Path FILE = Path.of("../conf/application.conf");

  private ShippedConfig() {}

  static List<String> lines() {
    try {
      return Files.readAllLines(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lines added below: in HOCON the last value of a key counts. */
  static Path with(Path folder, String... added) {
    return write(folder, Stream.concat(lines().stream(), Stream.of(added)).toList());
  }

  /** The number of the first line that {@link #with} adds. */
  static int addedLine() {
    return 1 + lines().size();
  }

  private static Path write(Path folder, List<String> lines) {
    try {
      Path file = Files.createDirectories(folder.resolve("conf")).resolve("application.conf");
      return Files.setPosixFilePermissions(
          Files.write(file, lines), PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
