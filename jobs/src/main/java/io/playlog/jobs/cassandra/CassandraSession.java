package io.playlog.jobs.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.metadata.Metadata;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * A session in our keyspace with our consistency level. All statements are idempotent: writes are
 * upserts on natural keys, so the driver may retry them.
 */
public final class CassandraSession implements AutoCloseable {
  private static final int ROWS_IN_FLIGHT = 32;

  private final CqlSession session;
  private final String keyspace;
  private final ConsistencyLevel consistency;

  CassandraSession(CqlSession session, String keyspace, ConsistencyLevel consistency) {
    this.session = session;
    this.keyspace = keyspace;
    this.consistency = consistency;
  }

  public String keyspace() {
    return keyspace;
  }

  /** Asked of the server anew. */
  public Metadata metadata() {
    return session.refreshSchema();
  }

  /**
   * @param cql with {@code %s} where the keyspace goes
   */
  public PreparedStatement prepare(String cql) {
    return session.prepare(
        SimpleStatement.newInstance(cql.formatted(keyspace))
            .setConsistencyLevel(consistency)
            .setIdempotent(true));
  }

  /** Prepares, binds and runs; for statements that are rare. */
  public ResultSet execute(String cql, Object... values) {
    return session.execute(prepare(cql).bind(values));
  }

  /** Runs DDL as it is, in our keyspace where the statement names none. */
  public void executeDdl(String cql, Duration timeout) {
    // The driver would wait a second for further changes before it reads the schema; whoever needs
    // it asks anew.
    session.setSchemaMetadataEnabled(false);
    try {
      session.execute(SimpleStatement.newInstance(cql).setTimeout(timeout));
    } finally {
      session.setSchemaMetadataEnabled(null);
    }
  }

  /**
   * Prepares, and runs with the values of each row, some rows at a time; returns when all are
   * acknowledged.
   *
   * @throws IllegalStateException if one was refused
   */
  public void executeAll(String cql, Stream<Object[]> rows) throws InterruptedException {
    PreparedStatement statement = prepare(cql);
    InFlight inFlight = new InFlight(ROWS_IN_FLIGHT);
    for (Iterator<Object[]> each = rows.iterator(); each.hasNext(); ) {
      BoundStatement row = statement.bind(each.next());
      inFlight.start(1, () -> session.executeAsync(row));
    }
    inFlight.await();
  }

  public CompletionStage<AsyncResultSet> executeAsync(Statement<?> statement) {
    return session.executeAsync(statement);
  }

  /**
   * @param rows of one Cassandra partition, so that the batch is one mutation
   */
  public Statement<?> batch(Collection<BoundStatement> rows) {
    if (rows.size() == 1) {
      return rows.iterator().next();
    }
    return BatchStatement.newInstance(DefaultBatchType.UNLOGGED)
        .addAll(rows.toArray(BatchableStatement<?>[]::new))
        .setConsistencyLevel(consistency)
        .setIdempotent(true);
  }

  @Override
  public void close() {
    session.close();
  }
}
