package io.playlog.local.cassandra;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;

/**
 * Writes that a process which was killed has acknowledged, and would have forgotten. They are in
 * the commit log's mapped file, but Cassandra replays only what is before the last marker, of which
 * it sets one each 100 ms. To have each write wait for the disk ({@code commitlog_sync: batch})
 * would keep them, too, and costs a third of the speed.
 *
 * <p>A segment: version (int), id (long), length (short) and text of parameters, checksum (int);
 * then sections, each of a marker and writes. A marker: where the section ends (int), checksum of
 * the segment's id and of where the marker is (int). A write: size (int), checksum of the size
 * (int), as many bytes, checksum of size and bytes (int).
 */
final class UnmarkedWrites {
  /** Of Cassandra 4.0 to 5.0. In other segments nothing is looked for. */
  private static final int VERSION = 7;

  private static final int FIXED_HEADER = Integer.BYTES + Long.BYTES + Short.BYTES;
  private static final int MARKER = 2 * Integer.BYTES;

  private final MappedByteBuffer segment;
  private final long id;

  private UnmarkedWrites(MappedByteBuffer segment) {
    this.segment = segment;
    this.id = segment.getLong(Integer.BYTES);
  }

  /**
   * Sets a marker behind the last whole write of each segment.
   *
   * @param commitLog its folder, which no process uses; need not be there
   * @return how many writes have been found again
   */
  static int mark(Path commitLog) throws IOException {
    int found = 0;
    for (Path segment : CommitLogSegments.of(commitLog)) {
      found += markSegment(segment);
    }
    return found;
  }

  private static int markSegment(Path path) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MappedByteBuffer segment = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size());
      boolean isKnown = segment.limit() > FIXED_HEADER && segment.getInt(0) == VERSION;
      return isKnown ? new UnmarkedWrites(segment).mark() : 0;
    }
  }

  private int mark() {
    int marker = endOfMarked();
    int end = marker + MARKER;
    int found = 0;
    for (int next; (next = endOfWrite(end)) > end; end = next) {
      found++;
    }
    if (found > 0) {
      segment.putInt(marker, end).putInt(marker + Integer.BYTES, markerChecksum(marker));
      segment.force();
    }
    return found;
  }

  /** Where the first marker would be that has not been set. */
  private int endOfMarked() {
    int parameters = Short.toUnsignedInt(segment.getShort(FIXED_HEADER - Short.BYTES));
    int marker = FIXED_HEADER + parameters + Integer.BYTES;
    while (has(marker, MARKER)
        && segment.getInt(marker + Integer.BYTES) == markerChecksum(marker)
        && segment.getInt(marker) > marker) {
      marker = segment.getInt(marker);
    }
    return marker;
  }

  /** Of the write that begins there; the same if there is no whole one. */
  private int endOfWrite(int begin) {
    int bytes = begin + 2 * Integer.BYTES;
    if (!has(begin, 2 * Integer.BYTES)) {
      return begin;
    }
    int size = segment.getInt(begin);
    CRC32 checksum = new CRC32();
    checksum.update(segment.slice(begin, Integer.BYTES));
    if (size <= 0
        || (int) checksum.getValue() != segment.getInt(begin + Integer.BYTES)
        || !has(bytes, size + Integer.BYTES)) {
      return begin;
    }
    checksum.update(segment.slice(bytes, size));
    boolean isWhole = (int) checksum.getValue() == segment.getInt(bytes + size);
    return isWhole ? bytes + size + Integer.BYTES : begin;
  }

  private int markerChecksum(int marker) {
    CRC32 checksum = new CRC32();
    ByteBuffer summed = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);
    checksum.update(summed.putInt((int) id).putInt((int) (id >>> 32)).putInt(marker).flip());
    return (int) checksum.getValue();
  }

  private boolean has(int begin, int length) {
    return length >= 0 && begin >= 0 && (long) begin + length <= segment.limit();
  }
}
