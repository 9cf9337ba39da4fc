package io.playlog.progress;

import java.io.OutputStream;
import java.io.PrintStream;

/**
 * A bar in the last line of a terminal. Until it is closed, {@link System#err} is a stream that
 * erases it first: what others print appears above it.
 */
final class Bar implements Display {
  /** To the line's begin; up to its end. */
  private static final String ERASE = "\r\u001b[K";

  private static final int LENGTH = 30;

  private final PrintStream terminal;
  private final int columns;
  private boolean isDrawn;

  /** Whether what others have printed has no end of line yet. */
  private boolean isWithinLine;

  /**
   * @param terminal standard error
   */
  Bar(PrintStream terminal, int columns) {
    this.terminal = terminal;
    this.columns = columns;
    System.setErr(new PrintStream(new Above(), true));
  }

  @Override
  public synchronized void show(Pace pace) {
    if (!isWithinLine) {
      terminal.print(ERASE + text(pace, columns));
      terminal.flush();
      isDrawn = true;
    }
  }

  /** Such as {@code [====> ] stored 12345 of 30000 messages (41 %), 4115/s, 4 s left}. */
  static String text(Pace pace, int columns) {
    String text = pace.toString();
    // In the last column some terminals would begin a new line.
    int room = columns - 1;
    if (pace.hasTotal() && LENGTH + "[] ".length() + text.length() <= room) {
      text = "[" + bar(pace.share()) + "] " + text;
    }
    return text.substring(0, Math.min(text.length(), room));
  }

  private static String bar(double share) {
    int done = (int) (share * LENGTH);
    return done == LENGTH
        ? "=".repeat(LENGTH)
        : "=".repeat(done) + ">" + " ".repeat(LENGTH - done - 1);
  }

  /** Leaves it where it came to, and goes on below it. */
  @Override
  public synchronized void close() {
    System.setErr(terminal);
    if (isDrawn) {
      terminal.println();
      isDrawn = false;
    }
  }

  private synchronized void printAbove(byte[] bytes, int start, int length) {
    if (length == 0) {
      return;
    }
    if (isDrawn) {
      terminal.print(ERASE);
      isDrawn = false;
    }
    terminal.write(bytes, start, length);
    terminal.flush();
    isWithinLine = bytes[start + length - 1] != '\n';
  }

  private final class Above extends OutputStream {
    @Override
    public void write(int octet) {
      printAbove(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int length) {
      printAbove(bytes, start, length);
    }
  }
}
