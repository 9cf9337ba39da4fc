package io.playlog.csv;

import java.util.List;

/**
 * A row of a CSV file.
 *
 * @param line its first one, from 1
 * @param fields empty if the row cannot be read
 * @param problem why it cannot be read; null if it can
 */
public record CsvRow(long line, List<String> fields, String problem) {}
