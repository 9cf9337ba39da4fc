package io.playlog.catalogue;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The part of this program's heap that is for songs. A catalogue that needs more is refused while
 * it is read, since an OutOfMemoryError would not say why.
 */
class SongMemory {
  private static final long MIB = 1 << 20;

  /**
   * Of a song, without its texts: while it is read; and twice, since the stream reads a changed
   * catalogue while it uses the old one, in memory and in the form in which Spark sends it to its
   * tasks.
   */
  private static final long BYTES_PER_SONG = 1500;

  /** Of a text, in all these places. */
  private static final long BYTES_PER_CHARACTER = 8;

  private final long bytes;
  private long used;
  private long songs;

  /**
   * @param bytes for all songs
   */
  SongMemory(long bytes) {
    this.bytes = bytes;
  }

  /** The other half is for what the program does with them. */
  static SongMemory halfOfTheHeap() {
    return new SongMemory(Runtime.getRuntime().maxMemory() / 2);
  }

  /**
   * @throws PlaylogException if there is no room for one more song
   */
  void add(Path file, long line, Song song) {
    used += BYTES_PER_SONG + BYTES_PER_CHARACTER * characters(song);
    if (used > bytes) {
      throw new PlaylogException(
          ErrorCode.CATALOGUE_TOO_LARGE,
          String.format(
              Locale.ROOT,
              "%s, line %d: found more songs than there is memory for: %,d like these fit into %,d MiB, the half of this program's heap. Give it more (spark.stream-memory for the stream, spark.report-memory for the other jobs, java -Xmx for the producer), or leave songs out of the file",
              file,
              line,
              songs,
              bytes / MIB));
    }
    songs++;
  }

  private static long characters(Song song) {
    long characters = song.name().length();
    for (Object value : song.values().values()) {
      if (value instanceof String text) {
        characters += text.length();
      }
    }
    return characters;
  }
}
