package io.playlog.web.submission;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A request's body, as far as it is read at all: not beyond a size, nor for ever. */
final class RequestBody extends InputStream {
  /** All 1,000 listens of a request, each of the largest size. */
  static final int MAX_BYTES = Submission.MAX_LISTENS * Submission.MAX_LISTEN_BYTES;

  private static final long MAX_NANOS = Duration.ofSeconds(30).toNanos();

  private final InputStream in;
  private final long end = System.nanoTime() + MAX_NANOS;
  private int left = MAX_BYTES;

  RequestBody(InputStream in) {
    this.in = in;
  }

  /** The body is larger, or takes longer, than it may. */
  static final class BoundException extends IOException {
    private BoundException(String message) {
      super(message);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (System.nanoTime() - end > 0) {
      throw new BoundException(
          "the request has not come to its end within %d s"
              .formatted(Duration.ofNanos(MAX_NANOS).toSeconds()));
    }
    // One more than is left, which tells a body that is too large from one that just fits.
    int read = in.read(buffer, offset, Math.min(length, left + 1));
    if (read > left) {
      throw new BoundException(
          "the request has more than the %,d bytes of %,d listens of %,d bytes"
              .formatted(MAX_BYTES, Submission.MAX_LISTENS, Submission.MAX_LISTEN_BYTES));
    }
    left -= Math.max(0, read);
    return read;
  }

  /** Reads what is left, so that whoever sends it comes to an end. */
  void drain() throws IOException {
    byte[] buffer = new byte[8192];
    try {
      while (read(buffer, 0, buffer.length) >= 0) {
        // It is of no use.
      }
    } catch (BoundException e) {
      // Nor is there an end of it.
    }
  }
}
