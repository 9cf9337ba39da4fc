package io.playlog.store;

import com.datastax.oss.driver.api.core.cql.Row;
import io.playlog.cassandra.CassandraSession;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The largest partition of {@code records}, which is one listener's history: as the node that
 * answers knows it of its own files, in which newest listens may not be yet.
 */
public final class LargestPartition {
  // Cassandra answers with whole mebibytes, rounded up. Its own estimate is up to a fifth too
  // large.
  private static final String SELECT =
      "SELECT mebibytes FROM system_views.max_partition_size"
          + " WHERE keyspace_name = ? AND table_name = 'records'";

  private static final long MEBIBYTE = 1 << 20;

  /** That we may not read the table, or that this version of Cassandra has no such one. */
  private static final Set<ErrorCode> REFUSALS =
      Set.of(ErrorCode.CASSANDRA_PERMISSION, ErrorCode.SCHEMA_DIFFERS);

  private final CassandraSession session;

  public LargestPartition(CassandraSession session) {
    this.session = session;
  }

  /**
   * In bytes, before compression; empty if it is not to be had from this cluster, or not by this
   * user.
   *
   * @throws PlaylogException if Cassandra does not answer
   */
  public OptionalLong read() {
    // Prepared each time, since it is rare: who has no grant may get it meanwhile.
    return unlessRefused(
        () -> {
          Row row = session.execute(session.prepare(SELECT).bind(session.keyspace())).one();
          return row == null ? OptionalLong.empty() : OptionalLong.of(row.getLong(0) * MEBIBYTE);
        });
  }

  static OptionalLong unlessRefused(Supplier<OptionalLong> question) {
    try {
      return question.get();
    } catch (PlaylogException e) {
      if (REFUSALS.contains(e.code())) {
        return OptionalLong.empty();
      }
      throw e;
    }
  }
}
