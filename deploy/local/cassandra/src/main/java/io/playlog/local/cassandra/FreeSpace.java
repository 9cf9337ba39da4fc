package io.playlog.local.cassandra;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Ends the server before its disk is full, for the supervisor to start it until there is room.
 *
 * <p>The commit log is a mapped file without blocks of its own: what is written to it when there
 * are none left is lost, though it was acknowledged. Seen: 3 of 413 writes.
 */
final class FreeSpace {
  /** What may be written between two looks, and the two segments that are open: 32 MiB each. */
  static final long LEAST = 256L << 20;

  private static final long LOOK_EVERY_MS = 250;

  private final Path folder;

  FreeSpace(Path folder) {
    this.folder = folder;
  }

  /**
   * @throws PlaylogException if there is too little
   */
  void require() {
    try {
      problem(folder, Files.getFileStore(folder).getUsableSpace())
          .ifPresent(
              problem -> {
                throw new PlaylogException(ErrorCode.DISK_FULL, problem);
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Optional<String> problem(Path folder, long bytes) {
    return Optional.of(
            "The disk of %s has %d MiB left, expected at least %d. Make room: Cassandra is started again until there is enough."
                .formatted(folder, bytes >> 20, LEAST >> 20))
        .filter(any -> bytes < LEAST);
  }

  /** Looks from now on. What was acknowledged until then is in the commit log. */
  void watch() {
    Thread watching = new Thread(this::look, "free-space");
    watching.setDaemon(true);
    watching.start();
  }

  private void look() {
    while (true) {
      try {
        require();
        Thread.sleep(LOOK_EVERY_MS);
      } catch (PlaylogException e) {
        System.err.println(e.code().id() + ": " + e.getMessage());
        // No shutdown hooks: they would write what is in memory to the disk.
        Runtime.getRuntime().halt(e.code().exitCode().code());
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
