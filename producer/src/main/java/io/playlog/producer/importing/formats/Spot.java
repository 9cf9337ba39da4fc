package io.playlog.producer.importing.formats;

import com.fasterxml.jackson.core.JsonLocation;

/**
 * A byte of a file.
 *
 * @param offset from the file's begin
 * @param line from 1
 * @param lineStart the offset of its line's first byte
 */
record Spot(long offset, long line, long lineStart) {
  static final Spot BEGIN = new Spot(0, 1, 0);

  /** The next byte; this one ends no line. */
  Spot next() {
    return new Spot(offset + 1, line, lineStart);
  }

  Spot previous() {
    return new Spot(offset - 1, line, lineStart);
  }

  /**
   * Where a parser is that has begun here.
   *
   * @param prefix how many bytes it was given before those of the file, on its first line
   */
  Spot at(JsonLocation location, int prefix) {
    long at = offset - prefix + location.getByteOffset();
    int lines = location.getLineNr() - 1;
    return lines == 0
        ? new Spot(at, line, lineStart)
        : new Spot(at, line + lines, at - (location.getColumnNr() - 1));
  }

  /** Whether it stands below the other, and not as a part of it does, which is indented. */
  boolean isBelow(Spot other) {
    return line > other.line && offset - lineStart <= other.offset - other.lineStart;
  }
}
