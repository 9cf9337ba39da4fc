package io.playlog.producer.importing.formats;

import java.io.IOException;

/**
 * Looks for what begins an object, in a text whose structure is lost: a brace and the name of a
 * field. One that is the value of a field is passed over, being part of something broken.
 */
final class ObjectSearch {
  private static final int MAX_NAME = 64;

  private final ReplayInputStream in;
  private long lines;
  private long start;
  private int before;

  /** Begins where the stream is. */
  ObjectSearch(ReplayInputStream in) {
    this.in = in;
  }

  /** Returns false if there is none up to the end. */
  boolean find() throws IOException {
    int next = in.read();
    while (next >= 0) {
      if (next == '{' && before != ':') {
        start = in.position() - 1;
        if (isName(readVisible())) {
          return true;
        }
        // What was read of it may hold another brace.
        in.seek(start + 1);
      }
      if (next == '\n') {
        lines++;
      }
      if (!isSpace(next)) {
        before = next;
      }
      in.release(in.position());
      next = in.read();
    }
    return false;
  }

  private boolean isName(int first) throws IOException {
    if (first != '"') {
      return false;
    }
    int next = in.read();
    for (int length = 0; next != '"'; length++) {
      if (next < ' ' || next == '\\' || length == MAX_NAME) {
        return false;
      }
      next = in.read();
    }
    return readVisible() == ':';
  }

  private int readVisible() throws IOException {
    int next = in.read();
    while (isSpace(next)) {
      next = in.read();
    }
    return next;
  }

  private static boolean isSpace(int character) {
    return character == ' ' || character == '\t' || character == '\n' || character == '\r';
  }

  /** Where it begins, in bytes. */
  long start() {
    return start;
  }

  /** How many line ends are before it, from where the search began. */
  long lines() {
    return lines;
  }
}
