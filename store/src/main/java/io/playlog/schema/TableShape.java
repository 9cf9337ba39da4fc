package io.playlog.schema;

import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table's columns, types and key: what the code needs of it. Compaction, comments and the like
 * are the operator's.
 *
 * @param columns name to CQL type
 * @param key such as {@code ((name), event_time, song_name)}
 */
record TableShape(String name, Map<String, String> columns, String key) {
  private static final Pattern COMMENT = Pattern.compile("--.*");
  private static final Pattern CREATE =
      Pattern.compile(
          "CREATE TABLE IF NOT EXISTS \\$\\{keyspace}\\.(\\w+) \\((.*), PRIMARY KEY (\\(.*?\\)) \\)( WITH .*)?;");
  private static final Pattern ADD =
      Pattern.compile("ALTER TABLE \\$\\{keyspace}\\.(\\w+) ADD IF NOT EXISTS (\\w+) ([^;]+);");
  private static final Pattern KEYSPACE = Pattern.compile("CREATE KEYSPACE .*");

  /** A comma between columns, and not within a type such as {@code map<text, bigint>}. */
  private static final Pattern COLUMN_END = Pattern.compile(",(?![^<]*>)");

  /**
   * The shapes that the statements make, one after the other.
   *
   * @param statements each a {@code CREATE TABLE}, or an {@code ALTER TABLE} that adds a column
   */
  static List<TableShape> ofStatements(List<String> statements) {
    Map<String, TableShape> tables = new LinkedHashMap<>();
    for (String statement : statements) {
      String cql = COMMENT.matcher(statement).replaceAll("").replaceAll("\\s+", " ").strip();
      Matcher create = CREATE.matcher(cql);
      Matcher add = ADD.matcher(cql);
      if (create.matches()) {
        tables.put(create.group(1), of(create.group(1), create.group(2), create.group(3)));
      } else if (add.matches() && tables.containsKey(add.group(1))) {
        tables.get(add.group(1)).columns.put(add.group(2), add.group(3).strip());
      } else if (!KEYSPACE.matcher(cql).matches()) {
        throw new IllegalStateException(
            "A file of schema/ holds a statement of an unknown form: " + cql);
      }
    }
    return List.copyOf(tables.values());
  }

  private static TableShape of(String name, String columns, String key) {
    Map<String, String> types = new TreeMap<>();
    for (String column : COLUMN_END.split(columns)) {
      String[] parts = column.strip().split(" ", 2);
      types.put(parts[0], parts[1]);
    }
    return new TableShape(name, types, key);
  }

  static TableShape of(TableMetadata table) {
    Map<String, String> types = new TreeMap<>();
    table
        .getColumns()
        .forEach(
            (name, column) -> types.put(name.asInternal(), column.getType().asCql(true, false)));
    return new TableShape(table.getName().asInternal(), types, key(table));
  }

  private static String key(TableMetadata table) {
    StringBuilder key = new StringBuilder("((").append(names(table.getPartitionKey())).append(")");
    if (!table.getClusteringColumns().isEmpty()) {
      key.append(", ").append(names(List.copyOf(table.getClusteringColumns().keySet())));
    }
    return key.append(")").toString();
  }

  private static String names(List<ColumnMetadata> columns) {
    return String.join(
        ", ", columns.stream().map(column -> column.getName().asInternal()).toList());
  }

  /** What of this shape the found one lacks, as lines; columns that it has besides do no harm. */
  List<String> lackingIn(TableShape found) {
    List<String> lacking = new ArrayList<>();
    if (!key.equals(found.key)) {
      lacking.add("%s: found the primary key %s, expected %s".formatted(name, found.key, key));
    }
    columns.forEach(
        (column, type) -> {
          String foundType = found.columns.get(column);
          if (!type.equals(foundType)) {
            lacking.add(
                "%s.%s: found %s, expected %s"
                    .formatted(name, column, foundType == null ? "no column" : foundType, type));
          }
        });
    return lacking;
  }
}
