package io.playlog.catalogue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Tells by its first bytes what a file is that is no CSV in UTF-8. */
public final class FileKind {
  /** How many bytes are enough. */
  public static final int HEAD_BYTES = 512;

  private static final List<Kind> KINDS =
      List.of(
          kind("a gzip file; unpack it (gunzip)", 0x1f, 0x8b),
          kind("a zip file or an Excel workbook; unpack it, or save it as CSV", 'P', 'K', 3, 4),
          kind("an empty zip file", 'P', 'K', 5, 6),
          kind("a bzip2 file; unpack it (bunzip2)", 'B', 'Z', 'h'),
          kind("an xz file; unpack it (unxz)", 0xfd, '7', 'z', 'X', 'Z', 0),
          kind("a zstd file; unpack it (unzstd)", 0x28, 0xb5, 0x2f, 0xfd),
          kind("a 7z file; unpack it", '7', 'z', 0xbc, 0xaf, 0x27, 0x1c),
          kind("an old Excel workbook; save it as CSV", 0xd0, 0xcf, 0x11, 0xe0),
          kind("a Parquet file; convert it", 'P', 'A', 'R', '1'),
          kind("an SQLite database; export it as CSV", 'S', 'Q', 'L', 'i', 't', 'e', ' ', 'f'),
          kind("a PDF file", '%', 'P', 'D', 'F', '-'),
          kind("UTF-32; save it as UTF-8", 0xff, 0xfe, 0, 0),
          kind("UTF-32; save it as UTF-8", 0, 0, 0xfe, 0xff),
          kind("UTF-16; save it as UTF-8", 0xff, 0xfe),
          kind("UTF-16; save it as UTF-8", 0xfe, 0xff),
          kind("full of zero bytes, as after a crash or a full disk; copy it again", 0, 0, 0, 0));

  private record Kind(String what, byte[] start) {}

  private FileKind() {}

  private static Kind kind(String what, int... start) {
    byte[] bytes = new byte[start.length];
    for (int i = 0; i < start.length; i++) {
      bytes[i] = (byte) start[i];
    }
    return new Kind(what, bytes);
  }

  /**
   * What the file is, and what to do with it; empty for what may be a CSV.
   *
   * @param length how many of the bytes are the file's
   */
  public static Optional<String> of(byte[] head, int length) {
    for (Kind kind : KINDS) {
      if (startsWith(head, length, kind.start())) {
        return Optional.of(kind.what());
      }
    }
    if (length >= 4 && hasZeroBesideEachAscii(head)) {
      return Optional.of("UTF-16 without a byte-order mark; save it as UTF-8");
    }
    // Not more than the letters of a marker matter here, whatever the file's encoding.
    return ofText(new String(head, 0, length, StandardCharsets.UTF_8));
  }

  private static boolean startsWith(byte[] head, int length, byte[] start) {
    if (length < start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if (head[i] != start[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasZeroBesideEachAscii(byte[] head) {
    boolean littleEndian = head[0] > 0 && head[1] == 0 && head[2] > 0 && head[3] == 0;
    boolean bigEndian = head[0] == 0 && head[1] > 0 && head[2] == 0 && head[3] > 0;
    return littleEndian || bigEndian;
  }

  private static Optional<String> ofText(String text) {
    String start = text.replace("\uFEFF", "").stripLeading();
    if (start.startsWith("version https://git-lfs")) {
      return Optional.of("a pointer of Git LFS, not the file itself; fetch it (git lfs pull)");
    }
    if (start.contains("annex/objects/")) {
      return Optional.of("a pointer of git-annex, not the file itself; fetch it (git annex get)");
    }
    if (start.startsWith("<")) {
      return Optional.of("an HTML or XML page, such as one to log in; download the file itself");
    }
    if (start.startsWith("{") || start.startsWith("[")) {
      return Optional.of("JSON; convert it");
    }
    return Optional.empty();
  }
}
