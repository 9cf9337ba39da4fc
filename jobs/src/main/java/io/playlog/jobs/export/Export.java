package io.playlog.jobs.export;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.progress.Progress;
import io.playlog.progress.Work;
import io.playlog.store.Records.Told;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;

/** The listens of one export, on their way out. */
final class Export {
  private final Iterator<Told> listens;

  /**
   * @param listens read once
   */
  Export(Iterable<Told> listens) {
    this.listens = listens.iterator();
  }

  /**
   * Writes them in UTF-8.
   *
   * @param out not closed
   * @return how many there were
   * @throws PlaylogException if there is none, or it cannot be written
   */
  long to(OutputStream out) {
    requireAny();
    try {
      return write(out);
    } catch (IOException e) {
      throw notWritten("standard output", e);
    }
  }

  /**
   * Writes a file, which is there when it is whole, and else as it was.
   *
   * @return how many there were
   * @throws PlaylogException if there is none, or it cannot be written
   */
  long toFile(Path file) {
    requireAny();
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try {
        long written;
        try (OutputStream out = Files.newOutputStream(part)) {
          written = write(out);
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        return written;
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw notWritten("--output " + file, e);
    }
  }

  /** Else one letter wrong in a name would replace a good file by an empty one. */
  private void requireAny() {
    if (!listens.hasNext()) {
      throw new PlaylogException(
          ErrorCode.NOT_EXPORTED,
          "Nothing was written: found no listen of this listener in this time, expected one at least."
              + " See to the name (--listener), letter for letter, and the time (--from, --to)");
    }
  }

  private long write(OutputStream out) throws IOException {
    AtomicLong written = new AtomicLong();
    try (ListenBrainzWriter writer = new ListenBrainzWriter(out);
        Progress progress = Progress.of(Work.of("exported", "listens", written::get))) {
      while (listens.hasNext()) {
        writer.write(listens.next());
        written.incrementAndGet();
      }
    }
    return written.get();
  }

  private static PlaylogException notWritten(String where, IOException failure) {
    return new PlaylogException(
        ErrorCode.NOT_EXPORTED,
        "%s: cannot be written (%s), expected a file in a folder of yours with room for it, or a program that reads all. A file of that name is as it was"
            .formatted(where, failure),
        failure);
  }
}
