package io.playlog.progress;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The terminal that standard error is, if it is one. */
final class Terminal {
  /** Java itself only knows whether both standard input and output are one. */
  private static final String[] SIZE = {"/bin/sh", "-c", "stty size <&2 2>/dev/null"};

  private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("\\d+ (\\d+)");
  private static final int USUAL_COLUMNS = 80;

  private Terminal() {}

  /** Empty if standard error is none, or one on which nothing can be erased. */
  static OptionalInt columns() {
    if ("dumb".equals(System.getenv("TERM"))) {
      return OptionalInt.empty();
    }
    try {
      Process stty = new ProcessBuilder(SIZE).redirectError(Redirect.INHERIT).start();
      stty.getOutputStream().close();
      return columns(new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  /**
   * @param size what stty has said; a terminal that does not know its size calls it 0
   */
  static OptionalInt columns(String size) {
    Matcher found = ROWS_AND_COLUMNS.matcher(size.strip());
    if (!found.matches()) {
      return OptionalInt.empty();
    }
    int columns = Integer.parseInt(found.group(1));
    return OptionalInt.of(columns == 0 ? USUAL_COLUMNS : columns);
  }
}
