package io.playlog.producer.importing.formats;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The begin of a file, by which its format is known.
 *
 * @param rest what comes after it; fails if the file could not be read on
 */
record Head(byte[] bytes, InputStream rest) {
  private static final int SIZE = 1 << 16;

  static Head of(InputStream in) {
    byte[] bytes = new byte[SIZE];
    int length = 0;
    try {
      int read = in.read(bytes);
      while (read > 0) {
        length += read;
        read = in.read(bytes, length, SIZE - length);
      }
      return new Head(Arrays.copyOf(bytes, length), in);
    } catch (IOException e) {
      return new Head(Arrays.copyOf(bytes, length), failing(e));
    }
  }

  private static InputStream failing(IOException failure) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw failure;
      }

      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        throw failure;
      }
    };
  }
}
