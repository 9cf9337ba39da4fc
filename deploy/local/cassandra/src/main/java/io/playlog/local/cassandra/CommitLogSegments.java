package io.playlog.local.cassandra;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of the commit log that an earlier process has left. */
final class CommitLogSegments {
  private CommitLogSegments() {}

  /**
   * @param commitLog its folder; need not be there
   */
  static List<Path> of(Path commitLog) throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(commitLog)) {
      try (DirectoryStream<Path> segments =
          Files.newDirectoryStream(commitLog, "CommitLog-*.log")) {
        segments.forEach(found::add);
      }
    }
    return found;
  }
}
