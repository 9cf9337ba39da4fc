package io.playlog.store;

import io.playlog.cassandra.CassandraSession;
import io.playlog.config.Rights;
import io.playlog.config.Role;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tables that a job reads and writes, and so the permissions that its role needs. They are
 * tried before it begins: Cassandra looks at one when it is used, which may be in the middle of the
 * work. Those of deploy/security/rights, of which the tables are made that an operator reads.
 *
 * @param select tables that are read
 * @param modify tables that are written
 */
public record Grants(Set<String> select, Set<String> modify) {
  /** None for a command that makes the tables. */
  public static Grants of(String command) {
    return Role.ofCommand(command)
        .filter(role -> role != Role.ADMIN)
        .map(role -> of(role, ""))
        .orElseGet(() -> new Grants(Set.of(), Set.of()));
  }

  /**
   * @param part of the work, such as {@code repair}, that needs them besides
   */
  public static Grants of(Role role, String part) {
    return new Grants(Rights.tables(role, "SELECT", part), Rights.tables(role, "MODIFY", part));
  }

  /**
   * @throws io.playlog.error.PlaylogException if a permission is missing
   */
  public void require(CassandraSession session) {
    select.stream().sorted().forEach(table -> attempt(session, "SELECT * FROM %%s.%s %s", table));
    modify.stream().sorted().forEach(table -> attempt(session, "DELETE FROM %%s.%s %s", table));
  }

  /** Of no row: a partition whose key is one of none is read from no disk, and none is deleted. */
  private static void attempt(CassandraSession session, String cql, String table) {
    String ofNone =
        session.partitionKey(table).stream()
            .map(column -> column + " IN ()")
            .collect(Collectors.joining(" AND ", "WHERE ", ""));
    session.execute(session.prepare(cql.formatted(table, ofNone)).bind());
  }
}
