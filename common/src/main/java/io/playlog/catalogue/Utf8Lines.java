package io.playlog.catalogue;

import io.playlog.csv.TextLines;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The lines of a file, a few at a time in memory. It is read as strict UTF-8: a broken byte is
 * refused, never replaced by another character.
 */
final class Utf8Lines implements TextLines, Closeable {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final InputStream in;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
  private final CharBuffer chars = CharBuffer.allocate(BUFFER).limit(0);
  private final StringBuilder text = new StringBuilder();
  private boolean ended;
  private long number = 1;
  private int length;

  private Utf8Lines(Path file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  /**
   * @throws PlaylogException if the file is of a kind that is no text in UTF-8, or no table
   */
  static Utf8Lines open(Path file) throws IOException {
    Utf8Lines lines = new Utf8Lines(file, Files.newInputStream(file));
    try {
      lines.begin();
      return lines;
    } catch (IOException | RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  private void begin() throws IOException {
    int read = in.readNBytes(bytes.array(), 0, FileKind.HEAD_BYTES);
    FileKind.of(bytes.array(), read)
        .ifPresent(
            kind -> {
              throw new PlaylogException(
                  ErrorCode.BAD_CATALOGUE,
                  "%s: found what is %s. Expected CSV in UTF-8".formatted(file, kind));
            });
    bytes.limit(read);
    if (hasMore() && chars.get(chars.position()) == BYTE_ORDER_MARK) {
      chars.get();
    }
  }

  /**
   * @throws PlaylogException if a byte is not UTF-8
   */
  @Override
  public Line next() throws IOException {
    length = 0;
    if (!hasMore()) {
      return null;
    }
    long line = number;
    text.setLength(0);
    while (hasMore()) {
      readUpToLineEnd();
      if (chars.hasRemaining()) {
        boolean isCut = length > MAX_LENGTH;
        return new Line(line, text.toString(), readLineEnd(), isCut);
      }
    }
    return new Line(line, text.toString(), "", length > MAX_LENGTH);
  }

  private void readUpToLineEnd() {
    int from = chars.position();
    int to = from;
    char[] buffer = chars.array();
    while (to < chars.limit() && buffer[to] != '\n' && buffer[to] != '\r') {
      to++;
    }
    text.append(buffer, from, Math.min(to - from, MAX_LENGTH - text.length()));
    length = Math.min(length, Integer.MAX_VALUE - BUFFER) + to - from;
    chars.position(to);
  }

  private String readLineEnd() throws IOException {
    char end = chars.get();
    number++;
    length = 0;
    boolean pair = end == '\r' && hasMore() && chars.get(chars.position()) == '\n';
    if (pair) {
      chars.get();
    }
    return pair ? "\r\n" : String.valueOf(end);
  }

  /** Whether there is a character to read. What comes before a broken byte is read first. */
  private boolean hasMore() throws IOException {
    if (chars.hasRemaining()) {
      return true;
    }
    chars.clear();
    while (true) {
      CoderResult result = decoder.decode(bytes, chars, ended);
      if (chars.position() > 0) {
        chars.flip();
        return true;
      }
      if (result.isError()) {
        throw notUtf8(bytes.get(bytes.position()));
      }
      if (ended) {
        chars.flip();
        return false;
      }
      bytes.compact();
      int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
      ended = read < 0;
      bytes.position(bytes.position() + Math.max(read, 0)).flip();
    }
  }

  private PlaylogException notUtf8(byte found) {
    return new PlaylogException(
        ErrorCode.BAD_CATALOGUE,
        "%s, line %d, character %d: found the byte 0x%02x, expected UTF-8; save the file as UTF-8"
            .formatted(file, number, length + 1, found));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
