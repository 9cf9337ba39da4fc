package io.playlog.producer.importing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What one import does.
 *
 * @param paths files, folders and zips
 * @param listener whose history it is
 * @param minPlayed what was played for less is left out, of exports that have all that was played
 * @param keepsPrivate whether plays of private sessions are sent
 * @param isDryRun whether nothing is sent
 */
record ImportPlan(
    List<Path> paths, String listener, Duration minPlayed, boolean keepsPrivate, boolean isDryRun) {

  /** Such as {@code 30 s}. */
  String minPlayedText() {
    long milliseconds = minPlayed.toMillis();
    return milliseconds % 1000 == 0 ? milliseconds / 1000 + " s" : milliseconds + " ms";
  }
}
