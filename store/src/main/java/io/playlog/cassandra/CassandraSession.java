package io.playlog.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.metadata.Metadata;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A session in our keyspace with our consistency level. All statements but conditional ones are
 * idempotent: writes are upserts on natural keys, so the driver may retry them.
 */
public final class CassandraSession implements AutoCloseable {
  private static final CqlIdentifier TIME_TO_LIVE =
      CqlIdentifier.fromInternal("default_time_to_live");

  private final CqlSession session;
  private final CqlIdentifier keyspace;
  private final ConsistencyLevel consistency;

  /**
   * @param session is closed with this one
   * @param keyspace as Cassandra knows it, without quotes
   */
  public CassandraSession(CqlSession session, String keyspace, ConsistencyLevel consistency) {
    this.session = session;
    this.keyspace = CqlIdentifier.fromInternal(keyspace);
    this.consistency = consistency;
  }

  public String keyspace() {
    return keyspace.asInternal();
  }

  /** Asked of the server anew; empty if there is no such keyspace. */
  public Optional<KeyspaceMetadata> keyspaceMetadata() {
    return answered(this::refreshSchema).getKeyspace(keyspace);
  }

  /** The driver would wait without end for a server that has fallen silent meanwhile. */
  private Metadata refreshSchema() {
    Duration timeout =
        session
            .getContext()
            .getConfig()
            .getDefaultProfile()
            .getDuration(DefaultDriverOption.REQUEST_TIMEOUT);
    try {
      return session
          .refreshSchemaAsync()
          .toCompletableFuture()
          .copy()
          .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw new DriverTimeoutException("no schema within " + timeout.toSeconds() + " s");
      }
      throw e.getCause() instanceof DriverException answer ? answer : e;
    }
  }

  /**
   * How long the rows of a table stay; zero for ever, and if there is no such table. Asked of the
   * server when the session was opened, or since.
   */
  public Duration timeToLive(String table) {
    return session
        .getMetadata()
        .getKeyspace(keyspace)
        .flatMap(found -> found.getTable(table))
        .map(found -> found.getOptions().get(TIME_TO_LIVE))
        .map(seconds -> Duration.ofSeconds(((Number) seconds).longValue()))
        .orElse(Duration.ZERO);
  }

  /**
   * The columns of a table's partition key; none if there is no such table. Asked of the server as
   * {@link #timeToLive}.
   */
  public List<String> partitionKey(String table) {
    return session
        .getMetadata()
        .getKeyspace(keyspace)
        .flatMap(found -> found.getTable(table))
        .map(
            found ->
                found.getPartitionKey().stream().map(key -> key.getName().asCql(true)).toList())
        .orElse(List.of());
  }

  /** The nodes that hold a partition whose key is this text; empty if the driver does not know. */
  public Set<Node> replicas(String key) {
    return session
        .getMetadata()
        .getTokenMap()
        .map(tokens -> tokens.getReplicas(keyspace, routingKey(key)))
        .orElse(Set.of());
  }

  /**
   * Lets a query of several partitions be answered by a node that holds them.
   *
   * @param key of one of them
   */
  public BoundStatement routed(BoundStatement query, String key) {
    return query.setRoutingKeyspace(keyspace).setRoutingKey(routingKey(key));
  }

  private static ByteBuffer routingKey(String key) {
    return ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @param cql with {@code %s} where the keyspace goes
   */
  public PreparedStatement prepare(String cql) {
    return prepare(statement(cql).setIdempotent(true));
  }

  /**
   * A lightweight transaction. It is exclusive in this data centre if our consistency level is of
   * one, else in all. If its answer is lost, nobody knows whether it was applied.
   *
   * @param cql with {@code %s} where the keyspace goes
   */
  public PreparedStatement prepareConditional(String cql) {
    ConsistencyLevel serial =
        consistency.isDcLocal() ? ConsistencyLevel.LOCAL_SERIAL : ConsistencyLevel.SERIAL;
    return prepare(statement(cql).setSerialConsistencyLevel(serial).setIdempotent(false));
  }

  private SimpleStatement statement(String cql) {
    // Quoted where CQL needs it: a name may have capitals, or be a word of CQL's.
    return SimpleStatement.newInstance(cql.formatted(keyspace.asCql(true)))
        .setConsistencyLevel(consistency);
  }

  private PreparedStatement prepare(SimpleStatement statement) {
    return answered(() -> session.prepare(statement));
  }

  public ResultSet execute(Statement<?> statement) {
    return answered(() -> session.execute(statement));
  }

  public CompletionStage<AsyncResultSet> executeAsync(Statement<?> statement) {
    return session.executeAsync(statement);
  }

  /**
   * Reads all pages of a query.
   *
   * @param row called with each row, on the driver's threads, one call after another
   */
  public CompletionStage<Void> forEach(Statement<?> query, Consumer<Row> row) {
    return session.executeAsync(query).thenCompose(page -> readPages(page, row));
  }

  private static CompletionStage<Void> readPages(AsyncResultSet page, Consumer<Row> row) {
    page.currentPage().forEach(row);
    return page.hasMorePages()
        ? page.fetchNextPage().thenCompose(next -> readPages(next, row))
        : CompletableFuture.completedFuture(null);
  }

  /**
   * @param rows of one Cassandra partition, so that the batch is one mutation; or of a few that the
   *     same nodes hold ({@link ReplicaGroups})
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

  /** Writes rows of one Cassandra partition as one mutation; returns when it is acknowledged. */
  public void write(List<BoundStatement> rows) {
    if (!rows.isEmpty()) {
      execute(batch(rows));
    }
  }

  /** Runs DDL as it is, in our keyspace where the statement names none. */
  public void executeDdl(String cql, Duration timeout) {
    // The driver would wait a second for further changes before it reads the schema; whoever needs
    // it asks anew.
    session.setSchemaMetadataEnabled(false);
    try {
      answered(() -> session.execute(SimpleStatement.newInstance(cql).setTimeout(timeout)));
    } finally {
      session.setSchemaMetadataEnabled(null);
    }
  }

  private static <T> T answered(Supplier<T> request) {
    try {
      return request.get();
    } catch (DriverException e) {
      throw Answers.explain(e);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
