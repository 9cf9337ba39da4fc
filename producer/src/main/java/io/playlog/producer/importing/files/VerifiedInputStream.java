package io.playlog.producer.importing.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipException;

/** An entry of a zip that was opened by the zip's directory, where Java does not check its sum. */
final class VerifiedInputStream extends CheckedInputStream {
  private final long expected;

  /**
   * @param expected the CRC-32 of all, as the zip has it
   */
  VerifiedInputStream(InputStream in, long expected) {
    super(in, new CRC32());
    this.expected = expected;
  }

  @Override
  public int read() throws IOException {
    return checked(super.read());
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    return checked(super.read(to, offset, length));
  }

  private int checked(int read) throws ZipException {
    if (read < 0 && getChecksum().getValue() != expected) {
      throw new ZipException("The checksum differs");
    }
    return read;
  }
}
