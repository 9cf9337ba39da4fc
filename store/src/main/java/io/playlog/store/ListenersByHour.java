package io.playlog.store;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.playlog.cassandra.CassandraSession;
import io.playlog.listen.Hour;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/** The table {@code listeners_by_hour}: who listened in an hour, spread over its shards. */
public final class ListenersByHour {
  /** A constant of the schema: another number would hide what is stored already. */
  public static final List<Integer> SHARDS = IntStream.range(0, 16).boxed().toList();

  private static final String INSERT =
      "INSERT INTO %s.listeners_by_hour (hour, shard, name) VALUES (?, ?, ?)";
  private static final String SELECT =
      "SELECT name FROM %s.listeners_by_hour WHERE hour = ? AND shard = ?";
  private static final String SELECT_AFTER = SELECT + " AND name > ? LIMIT ?";
  private static final String SELECT_FIRST =
      "SELECT name FROM %s.listeners_by_hour WHERE hour = ? AND shard IN ? LIMIT ?";
  private static final String SELECT_ONE = SELECT + " AND name = ?";
  private static final String INSERT_ABOVE = INSERT + " USING TIMESTAMP ?";
  private static final String DELETE =
      "DELETE FROM %s.listeners_by_hour USING TIMESTAMP ? WHERE hour = ? AND shard = ?"
          + " AND name = ?";

  private final CassandraSession session;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final PreparedStatement selectOne;
  private final PreparedStatement insertAbove;
  private final PreparedStatement delete;

  public ListenersByHour(CassandraSession session) {
    this.session = session;
    this.insert = session.prepare(INSERT);
    this.select = session.prepare(SELECT);
    this.selectOne = session.prepare(SELECT_ONE);
    this.insertAbove = session.prepare(INSERT_ABOVE);
    this.delete = session.prepare(DELETE);
  }

  /** A partition of the table. */
  record Partition(Hour hour, int shard) {}

  /** The shard of a listener, the same in every hour. */
  public static int shard(String name) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    return (int) (crc.getValue() % SHARDS.size());
  }

  BoundStatement row(Partition partition, String name) {
    return insert.bind(partition.hour().start(), partition.shard(), name);
  }

  /** Names, read page by page. */
  public Iterable<String> read(Hour hour, int shard) {
    return session.execute(select.bind(hour.start(), shard)).map(row -> row.getString(0));
  }

  /**
   * Some names, in their order.
   *
   * @param after the name before the first one; empty for the first names
   */
  public CompletionStage<List<String>> read(Hour hour, int shard, String after, int limit) {
    List<String> names = new ArrayList<>();
    return session
        .forEach(
            session.prepare(SELECT_AFTER).bind(hour.start(), shard, after, limit),
            row -> names.add(row.getString(0)))
        .thenApply(end -> names);
  }

  /**
   * Some names of all shards, in no order: one request for an hour in which few listened.
   *
   * @param limit if there are as many, there may be more
   */
  public CompletionStage<List<String>> first(Hour hour, int limit) {
    List<String> names = new ArrayList<>();
    return session
        .forEach(
            session.prepare(SELECT_FIRST).bind(hour.start(), SHARDS, limit),
            row -> names.add(row.getString(0)))
        .thenApply(end -> names);
  }

  public CompletionStage<Boolean> contains(Hour hour, String name) {
    return session
        .executeAsync(selectOne.bind(hour.start(), shard(name), name))
        .thenApply(found -> found.one() != null);
  }

  /** Deletes a listener's row of an hour if it was written no later than a timestamp. */
  public CompletionStage<?> delete(Hour hour, String name, long timestamp) {
    return session.executeAsync(delete.bind(timestamp, hour.start(), shard(name), name));
  }

  /** Writes a listener's row of an hour. */
  public void add(Hour hour, String name, long timestamp) {
    session.execute(insertAbove.bind(hour.start(), shard(name), name, timestamp));
  }
}
