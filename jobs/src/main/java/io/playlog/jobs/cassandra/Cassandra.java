package io.playlog.jobs.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.spark.connector.cql.CassandraConnector;
import io.playlog.config.CassandraSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.io.Serializable;
import java.util.Set;
import org.apache.spark.SparkConf;

/**
 * How to reach Cassandra; travels to the executors, where the connector shares one session per JVM.
 */
public final class Cassandra implements Serializable {
  private static final Set<DefaultConsistencyLevel> QUORUMS =
      Set.of(
          DefaultConsistencyLevel.LOCAL_QUORUM,
          DefaultConsistencyLevel.QUORUM,
          DefaultConsistencyLevel.ALL);

  private final CassandraConnector connector;
  private final String contactPoints;
  private final String keyspace;
  private final DefaultConsistencyLevel consistency;

  private Cassandra(CassandraConnector connector, CassandraSettings settings) {
    this.connector = connector;
    this.contactPoints = settings.contactPoints();
    this.keyspace = settings.keyspace();
    this.consistency = DefaultConsistencyLevel.valueOf(settings.consistency());
  }

  /**
   * @param conf with the connector's settings, see {@link #configure}
   */
  public static Cassandra of(SparkConf conf, CassandraSettings settings) {
    return new Cassandra(CassandraConnector.apply(conf), settings);
  }

  /** Adds our settings and those that are passed through to the connector. */
  public static SparkConf configure(SparkConf conf, CassandraSettings settings) {
    Class<?> factory =
        settings.verifyHostName() ? SessionFactory.class : SessionFactory.AnyHostName.class;
    conf.set("spark.cassandra.connection.factory", factory.getName())
        .set("spark.cassandra.connection.host", settings.contactPoints())
        .set("spark.cassandra.connection.localDC", settings.localDatacenter());
    settings.spark().forEach(conf::set);
    return conf;
  }

  /** Whether a read sees all writes that were acknowledged before it. */
  public boolean readsItsWrites() {
    return QUORUMS.contains(consistency);
  }

  /**
   * @throws PlaylogException if no node can be reached, or none lets us in
   */
  public CassandraSession open() {
    return new CassandraSession(connect(), keyspace, consistency);
  }

  private CqlSession connect() {
    try {
      return connector.openSession();
    } catch (Exception e) {
      // Among them checked ones that the connector does not declare.
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new PlaylogException(
          ErrorCode.CASSANDRA_UNREACHABLE,
          "Cassandra at %s cannot be used: %s. Start it (scripts/start-all.sh starts a local one), or check playlog.cassandra: contact-points, local-datacenter and, under spark, login and TLS."
              .formatted(contactPoints, cause.getMessage()),
          e);
    }
  }
}
