package io.playlog.catalogue;

import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file as strict UTF-8: a broken byte is refused, never replaced by another character. */
final class Utf8File {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private Utf8File() {}

  /**
   * @return the text without a byte-order mark
   * @throws PlaylogException if a byte is not UTF-8, or the file was changed while it was read
   */
  static String read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(readWhole(file));
    CharBuffer decoded = CharBuffer.allocate(bytes.capacity());
    boolean broken = StandardCharsets.UTF_8.newDecoder().decode(bytes, decoded, true).isError();
    String text = decoded.flip().toString();
    if (broken) {
      throw notUtf8(file, text, bytes.get());
    }
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private static byte[] readWhole(Path file) throws IOException {
    FileVersion before = FileVersion.of(file);
    byte[] bytes = Files.readAllBytes(file);
    if (!before.equals(FileVersion.of(file))) {
      throw new PlaylogException(
          ErrorCode.BAD_CATALOGUE,
          file + ": was changed while it was read; put a new file in its place by renaming it");
    }
    return bytes;
  }

  private static PlaylogException notUtf8(Path file, String before, byte found) {
    long line = 1 + before.chars().filter(c -> c == '\n').count();
    int character = before.length() - before.lastIndexOf('\n');
    return new PlaylogException(
        ErrorCode.BAD_CATALOGUE,
        "%s, line %d, character %d: found the byte 0x%02x, expected UTF-8"
            .formatted(file, line, character, found));
  }
}
