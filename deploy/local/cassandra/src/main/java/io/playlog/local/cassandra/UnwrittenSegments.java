package io.playlog.local.cassandra;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Segments of the commit log that a full disk has left: made at their full size, which takes no
 * space, and never written. Cassandra finds no header in them and does not start any more.
 */
final class UnwrittenSegments {
  private UnwrittenSegments() {}

  /**
   * Deletes those that hold nothing but zeros, and so no write that was acknowledged.
   *
   * @param commitLog its folder; need not be there
   * @return what was deleted
   */
  static List<Path> delete(Path commitLog) throws IOException {
    List<Path> deleted = new ArrayList<>();
    for (Path segment : CommitLogSegments.of(commitLog)) {
      if (isUnwritten(segment)) {
        Files.delete(segment);
        deleted.add(segment);
      }
    }
    return deleted;
  }

  /** Of one that was written the first bytes are not zero, so this reads little. */
  private static boolean isUnwritten(Path segment) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    try (InputStream in = Files.newInputStream(segment)) {
      for (int read; (read = in.read(buffer)) > 0; ) {
        for (int i = 0; i < read; i++) {
          if (buffer[i] != 0) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
