package io.playlog.producer.importing.formats;

import java.io.IOException;
import java.io.InputStream;

/**
 * Keeps what was read of a stream since a position, so that it can be read again from there on. It
 * keeps a bounded part: the newest.
 */
final class ReplayInputStream extends InputStream {
  /** Many times as long as a line of any export. */
  private static final int MAX_KEPT = 1 << 22;

  private static final int FIRST_KEPT = 1 << 16;
  private static final int AT_ONCE = 1 << 13;

  private final InputStream in;
  private byte[] kept = new byte[FIRST_KEPT];

  /** Of the first byte that is kept, in the stream, and in {@link #kept}. */
  private long first;

  private int begin;
  private int end;

  /** Where reading goes on, in {@link #kept}. */
  private int next;

  private boolean hasEnded;

  ReplayInputStream(InputStream in) {
    this.in = in;
  }

  /** What is before it will not be asked for again. */
  void release(long position) {
    int bytes = (int) Math.max(0, Math.min(position - first, next - begin));
    begin += bytes;
    first += bytes;
  }

  /** Where the next byte comes from that will be read. */
  long position() {
    return first + (next - begin);
  }

  /** Whether the stream was read to its end. */
  boolean hasEnded() {
    return hasEnded;
  }

  /** Reads on from there, or from the first byte after it that was kept. */
  void seek(long position) {
    next = begin + (int) Math.max(0, Math.min(position - first, end - begin));
  }

  @Override
  public int read() throws IOException {
    if (next == end && fill() < 0) {
      return -1;
    }
    return kept[next++] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (next == end && fill() < 0) {
      return -1;
    }
    int read = Math.min(length, end - next);
    System.arraycopy(kept, next, bytes, offset, read);
    next += read;
    return read;
  }

  /** Reads at least a byte, or returns -1 at the end. */
  private int fill() throws IOException {
    makeRoom(AT_ONCE);
    int read = in.read(kept, end, AT_ONCE);
    hasEnded = read < 0;
    end += Math.max(0, read);
    return read;
  }

  private void makeRoom(int length) {
    if (end + length <= kept.length) {
      return;
    }
    int bytes = end - begin;
    if (bytes + length > MAX_KEPT) {
      int dropped = bytes + length - MAX_KEPT;
      begin += dropped;
      first += dropped;
      bytes -= dropped;
    }
    byte[] to =
        bytes + length > kept.length / 2 && kept.length < 2 * MAX_KEPT
            ? new byte[Math.min(2 * kept.length, 2 * MAX_KEPT)]
            : kept;
    System.arraycopy(kept, begin, to, 0, bytes);
    next -= begin;
    kept = to;
    begin = 0;
    end = bytes;
  }

  /** Does nothing: who has read to the end may still want to read again. */
  @Override
  public void close() {}
}
