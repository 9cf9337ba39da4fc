package io.playlog.producer.importing.formats;

import io.playlog.csv.TextLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The lines of a file with a character for each byte, so that a broken byte spoils its own field
 * only: {@link #decode} makes text of that.
 */
final class ByteLines implements TextLines {
  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int next;
  private int end;
  private long number;

  ByteLines(InputStream in) {
    this.in = in;
  }

  @Override
  public Line next() throws IOException {
    if (!hasMore()) {
      return null;
    }
    number++;
    StringBuilder text = new StringBuilder();
    boolean isCut = false;
    while (hasMore()) {
      int from = next;
      while (next < end && buffer[next] != '\n' && buffer[next] != '\r') {
        next++;
      }
      int room = Math.min(next - from, MAX_LENGTH - text.length());
      isCut |= room < next - from;
      text.append(new String(buffer, from, room, StandardCharsets.ISO_8859_1));
      if (next < end) {
        return new Line(number, text.toString(), readEnd(), isCut);
      }
    }
    return new Line(number, text.toString(), "", isCut);
  }

  private String readEnd() throws IOException {
    if (buffer[next++] == '\n') {
      return "\n";
    }
    if (hasMore() && buffer[next] == '\n') {
      next++;
      return "\r\n";
    }
    return "\r";
  }

  private boolean hasMore() throws IOException {
    if (next == end) {
      next = 0;
      end = Math.max(0, in.read(buffer));
    }
    return next < end;
  }

  /**
   * @param field with a character for each byte
   */
  static String decode(String field) throws UnreadableException {
    boolean isAscii = true;
    for (int i = 0; i < field.length() && isAscii; i++) {
      isAscii = field.charAt(i) < 0x80;
    }
    if (isAscii) {
      return field;
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(field.getBytes(StandardCharsets.ISO_8859_1));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw UnreadableException.broken("found a byte that is not UTF-8");
    }
  }
}
