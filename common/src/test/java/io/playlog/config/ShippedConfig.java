package io.playlog.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Copies of the shipped file, with changes. Without its {@code ${?NAME}} lines, so that the
 * environment of whoever runs the tests does not matter.
 */
final class ShippedConfig {
  static final Path FILE = Path.of("../conf/application.conf");

  private ShippedConfig() {}

  static List<String> lines() {
    try {
      return Files.readAllLines(FILE).stream().filter(line -> !line.contains("${?")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lines added below: in HOCON the last value of a key counts. */
  static Path with(Path folder, String... added) {
    return write(folder, Stream.concat(lines().stream(), Stream.of(added)).toList());
  }

  static Path without(Path folder, String line) {
    return write(folder, lines().stream().filter(l -> !l.strip().equals(line)).toList());
  }

  /** The line's number in a copy, from 1. */
  static int lineOf(String line) {
    return 1 + lines().stream().map(String::strip).toList().indexOf(line);
  }

  /** The number of the first line that {@link #with} adds. */
  static int addedLine() {
    return 1 + lines().size();
  }

  private static Path write(Path folder, List<String> lines) {
    try {
      Path file = Files.createDirectories(folder.resolve("conf")).resolve("application.conf");
      return Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
