package io.playlog.jobs.stream;

import io.playlog.catalogue.FileVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Notices a changed catalogue, at the price of a look at the file's attributes. */
final class CatalogueWatch {
  /** A file that is being copied into its place changes more often than this. */
  static final Duration SETTLED = Duration.ofSeconds(1);

  private final Path file;
  private final LongSupplier nanoTime;
  private FileVersion done;
  private FileVersion seen;
  private long seenAt;

  /**
   * The file as it is now counts as done: to be called before it is read, so that what happens to
   * it meanwhile is noticed.
   *
   * @param nanoTime such as {@link System#nanoTime}
   */
  CatalogueWatch(Path file, LongSupplier nanoTime) {
    this.file = file;
    this.nanoTime = nanoTime;
    this.done = FileVersion.of(file);
    this.seen = done;
  }

  Path file() {
    return file;
  }

  /**
   * A version that is not done and has stayed the same for {@link #SETTLED}; a missing file has one
   * too.
   */
  Optional<FileVersion> settledChange() {
    FileVersion found = FileVersion.of(file);
    if (!found.equals(seen)) {
      seen = found;
      seenAt = nanoTime.getAsLong();
    }
    boolean settled = nanoTime.getAsLong() - seenAt >= SETTLED.toNanos();
    return Optional.of(found).filter(version -> settled && !version.equals(done));
  }

  /** Not to be told of again. */
  void done(FileVersion version) {
    done = version;
  }
}
