package io.playlog.producer.importing.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Adds up how many bytes were read. Closing it does nothing: who has opened the other closes it.
 */
final class CountedInputStream extends FilterInputStream {
  private final AtomicLong bytes;

  CountedInputStream(InputStream in, AtomicLong bytes) {
    super(in);
    this.bytes = bytes;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    bytes.addAndGet(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    int read = super.read(to, offset, length);
    bytes.addAndGet(Math.max(0, read));
    return read;
  }

  @Override
  public void close() {}
}
