package io.playlog.producer.importing.formats;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks for what begins an object, in a text whose structure is lost: a brace and the name of a
 * field. One that is the value of a field is passed over, being part of something broken. A brace
 * that begins a line below the broken object begins the next one, even if no name follows.
 */
final class ObjectSearch {
  private static final int MAX_NAME = 64;

  private final ReplayInputStream in;
  private final Spot broken;
  private long line;
  private long lineStart;
  private int before;
  private boolean isFirstOfLine;

  /** Where a line begins that is none of the broken object; null if this one is. */
  private Spot other;

  /**
   * @param from where the stream is
   * @param broken where the object begins that is broken
   */
  ObjectSearch(ReplayInputStream in, Spot from, Spot broken) {
    this.in = in;
    this.broken = broken;
    this.line = from.line();
    this.lineStart = from.lineStart();
  }

  /**
   * @param passed takes where each line begins that stands below the broken object and has none
   * @return empty if there is none up to the end
   */
  Optional<Spot> find(Consumer<Spot> passed) throws IOException {
    int next = in.read();
    while (next >= 0) {
      if (isFirstOfLine && !isSpace(next)) {
        Spot begin = new Spot(in.position() - 1, line, lineStart);
        other = begin.isBelow(broken) && next != '}' && next != ']' ? begin : null;
      }
      if (next == '{' && before != ':') {
        Spot start = new Spot(in.position() - 1, line, lineStart);
        if ((isFirstOfLine && start.isBelow(broken)) || isName(readVisible())) {
          return Optional.of(start);
        }
        // What was read of it may hold another brace.
        in.seek(start.offset() + 1);
      }
      if (next == '\n') {
        tell(passed);
        line++;
        lineStart = in.position();
        isFirstOfLine = true;
      } else if (!isSpace(next)) {
        before = next;
        isFirstOfLine = false;
      }
      in.release(in.position());
      next = in.read();
    }
    tell(passed);
    return Optional.empty();
  }

  private void tell(Consumer<Spot> passed) {
    if (other != null) {
      passed.accept(other);
    }
    other = null;
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
}
