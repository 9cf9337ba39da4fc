package io.playlog.csv;

import io.playlog.csv.CsvFields.BrokenQuoteException;
import io.playlog.csv.TextLines.Line;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The rows of a CSV file, one after the other. A row that cannot be read costs its first line only:
 * reading goes on with the next line, so that a broken quote cannot swallow the rows after it.
 */
public final class CsvRows {
  private final TextLines lines;

  /** Were read as part of a row that turned out to be broken. */
  private final Deque<Line> again = new ArrayDeque<>();

  private int columns;

  public CsvRows(TextLines lines) {
    this.lines = lines;
  }

  /** From now on a row with another number of fields cannot be used. */
  public void expectColumns(int number) {
    columns = number;
  }

  /**
   * @return null at the end of the file
   */
  public CsvRow next() throws IOException {
    Line first = take();
    if (first == null) {
      return null;
    }
    CsvFields fields = new CsvFields();
    List<Line> others = new ArrayList<>();
    String problem;
    try {
      problem = read(fields, first, others);
    } catch (BrokenQuoteException e) {
      problem = e.getMessage();
    }
    if (problem == null) {
      return new CsvRow(first.number(), fields.fields(), null);
    }
    for (int i = others.size() - 1; i >= 0; i--) {
      again.addFirst(others.get(i));
    }
    return new CsvRow(first.number(), List.of(), problem);
  }

  private Line take() throws IOException {
    Line line = again.pollFirst();
    return line == null ? lines.next() : line;
  }

  /** Returns what is wrong with the row, or null. */
  private String read(CsvFields fields, Line first, List<Line> others)
      throws IOException, BrokenQuoteException {
    if (first.isCut()) {
      return "found a line of more than %,d characters".formatted(TextLines.MAX_LENGTH);
    }
    fields.read(first.text());
    Line last = first;
    long length = first.text().length();
    while (fields.isOpen()) {
      Line line = take();
      if (line == null) {
        return openQuote(fields) + " up to the end of the file";
      }
      others.add(line);
      length += line.text().length();
      if (line.isCut() || length > TextLines.MAX_LENGTH) {
        return openQuote(fields) + " within %,d characters".formatted(TextLines.MAX_LENGTH);
      }
      if (others.size() == 1 && isWholeRow(first) && isRow(line)) {
        return openQuote(fields) + " in its line";
      }
      fields.readOn(last.end(), line.text());
      last = line;
      if (fields.isOpen() && columns > 0 && fields.fields().size() >= columns) {
        // Lines that all open and close quotes would else be read again up to the limit, each.
        return "found more than %d fields, the last with a quote that is not closed"
            .formatted(columns);
      }
    }
    int found = fields.fields().size();
    boolean usable = columns == 0 || found == columns || isEmpty(fields.fields());
    return usable ? null : "found %d fields, expected %d".formatted(found, columns);
  }

  private static String openQuote(CsvFields fields) {
    return "found a quote at the start of field %d that is not closed"
        .formatted(fields.fields().size() + 1);
  }

  /** Whether the line has as many commas as a row, although it ends within quotes. */
  private boolean isWholeRow(Line line) {
    return columns > 1 && line.text().chars().filter(c -> c == ',').count() >= columns - 1;
  }

  /** Whether the line can be read by itself. */
  private boolean isRow(Line line) throws BrokenQuoteException {
    CsvFields alone = new CsvFields();
    try {
      alone.read(line.text());
    } catch (BrokenQuoteException e) {
      return false;
    }
    return !alone.isOpen() && alone.fields().size() == columns;
  }

  /** Whether the row has no value, as an empty line has none, and a spreadsheet's empty rows. */
  public static boolean isEmpty(List<String> fields) {
    return fields.stream().allMatch(String::isBlank);
  }
}
