package io.playlog.jobs.schema;

import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the code needs of a table: columns, types and keys. Compaction, comments and the like are
 * the operator's.
 *
 * @param columns name to CQL type
 * @param key such as {@code ((name), event_time, song_name)}
 */
record TableShape(String name, Map<String, String> columns, String key) {
  static final List<TableShape> NEEDED =
      List.of(
          of(
              "records",
              "((name), event_time, song_name)",
              "name text, event_time timestamp, song_name text, artists text, duration_ms int,"
                  + " album_name text, album_release_date date, danceability float, energy float,"
                  + " key text, loudness float, mode text, speechiness float, acousticness float,"
                  + " instrumentalness float, liveness float, valence float, tempo float"),
          of("listeners_by_hour", "((hour, shard), name)", "hour timestamp, shard int, name text"),
          of(
              "hours_touched",
              "((hour), topic_id, kafka_partition)",
              "hour timestamp, topic_id text, kafka_partition int, last_offset bigint"),
          of(
              "stream_progress",
              "((topic), kafka_partition)",
              "topic text, kafka_partition int, topic_id text, next_offset bigint, listens bigint,"
                  + " unmatched bigint, late bigint, dead_letters bigint, newest_event timestamp,"
                  + " updated_at timestamp"),
          of(
              "user_hourly_summary",
              "((name), hour)",
              "name text, hour timestamp, songs_listened int, songs_matched int,"
                  + " distinct_songs int, listened_ms bigint, avg_danceability double,"
                  + " avg_energy double, avg_valence double, avg_tempo double, top_song text,"
                  + " top_artist text, computed_at timestamp"),
          of(
              "report_runs",
              "((day), hour)",
              "day date, hour timestamp, state text, listens bigint, listeners int,"
                  + " offsets frozen<map<text|bigint>>, started_at timestamp,"
                  + " finished_at timestamp"));

  private static TableShape of(String name, String key, String columns) {
    Map<String, String> types = new TreeMap<>();
    for (String column : columns.split(",")) {
      String[] parts = column.strip().split(" ", 2);
      types.put(parts[0], parts[1].replace("|", ", "));
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
