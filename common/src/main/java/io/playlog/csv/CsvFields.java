package io.playlog.csv;

import java.util.ArrayList;
import java.util.List;

/** Takes the fields of one CSV row (RFC 4180) out of its lines. */
final class CsvFields {
  private static final char QUOTE = '"';
  private static final char COMMA = ',';

  private final List<String> fields = new ArrayList<>();
  private final StringBuilder quoted = new StringBuilder();
  private boolean open;

  /** The row cannot be read; the message says why. */
  static final class BrokenQuoteException extends Exception {
    private BrokenQuoteException(String message) {
      super(message, null, false, false);
    }
  }

  List<String> fields() {
    return fields;
  }

  /** Whether the row goes on in the next line, since that line ended within quotes. */
  boolean isOpen() {
    return open;
  }

  /** Reads the row's first line. */
  void read(String line) throws BrokenQuoteException {
    readAll(line, readField(line, 0));
  }

  /**
   * Reads a further one.
   *
   * @param lineEnd of the line before, which belongs to the field
   */
  void readOn(String lineEnd, String line) throws BrokenQuoteException {
    quoted.append(lineEnd);
    readAll(line, readQuoted(line, 0));
  }

  private void readAll(String line, int endOfFirst) throws BrokenQuoteException {
    int end = endOfFirst;
    while (!open && end < line.length()) {
      end = readField(line, end + 1);
    }
  }

  /** Returns where it ends: a comma or the line's end. */
  private int readField(String line, int from) throws BrokenQuoteException {
    if (from < line.length() && line.charAt(from) == QUOTE) {
      quoted.setLength(0);
      return readQuoted(line, from + 1);
    }
    int comma = line.indexOf(COMMA, from);
    int end = comma < 0 ? line.length() : comma;
    fields.add(line.substring(from, end));
    return end;
  }

  private int readQuoted(String line, int start) throws BrokenQuoteException {
    int from = start;
    while (true) {
      int quote = line.indexOf(QUOTE, from);
      open = quote < 0;
      if (open) {
        quoted.append(line, from, line.length());
        return line.length();
      }
      quoted.append(line, from, quote);
      int after = quote + 1;
      if (after == line.length() || line.charAt(after) == COMMA) {
        fields.add(quoted.toString());
        return after;
      }
      if (line.charAt(after) != QUOTE) {
        throw new BrokenQuoteException(
            "found \"%s\" after a closing quote, expected a comma; a quote inside a quoted field is doubled"
                .formatted(Character.toString(line.codePointAt(after))));
      }
      quoted.append(QUOTE);
      from = after + 1;
    }
  }
}
