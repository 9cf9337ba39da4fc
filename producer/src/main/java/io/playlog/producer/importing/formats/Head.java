package io.playlog.producer.importing.formats;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The begin of a file, by which its format is known.
 *
 * @param bytes without a byte-order mark
 * @param rest what comes after it
 * @param failure why the file could not be read on; null if it could
 */
record Head(byte[] bytes, InputStream rest, IOException failure) {
  private static final int SIZE = 1 << 16;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  static Head of(InputStream in) {
    byte[] bytes = new byte[SIZE];
    int length = 0;
    IOException failure = null;
    try {
      int read = in.read(bytes);
      while (read > 0) {
        length += read;
        read = in.read(bytes, length, SIZE - length);
      }
    } catch (IOException e) {
      failure = e;
    }
    boolean hasMark =
        length >= BYTE_ORDER_MARK.length
            && Arrays.equals(Arrays.copyOf(bytes, BYTE_ORDER_MARK.length), BYTE_ORDER_MARK);
    int from = hasMark ? BYTE_ORDER_MARK.length : 0;
    return new Head(Arrays.copyOfRange(bytes, from, length), in, failure);
  }

  /** With a character for each byte. */
  String text() {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The whole file; where it could not be read on, reading fails again. */
  InputStream all() {
    return new SequenceInputStream(
        new ByteArrayInputStream(bytes), failure == null ? rest : failing(failure));
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
