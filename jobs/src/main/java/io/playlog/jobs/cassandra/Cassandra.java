package io.playlog.jobs.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.spark.connector.cql.CassandraConnector;
import com.datastax.spark.connector.cql.CassandraConnectorConf;
import io.playlog.config.CassandraSettings;
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

  private static final int DEFAULT_PORT = 9042;

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
    CassandraConnectorConf connectors = CassandraConnectorConf.fromSparkConf(conf);
    // One that is passed through to the connector counts.
    boolean ours = !settings.spark().containsKey("spark.cassandra.connection.host");
    return new Cassandra(
        new CassandraConnector(
            ours
                ? ContactPoints.set(
                    connectors,
                    settings.nodes(),
                    conf.getInt("spark.cassandra.connection.port", DEFAULT_PORT))
                : connectors),
        settings);
  }

  /** Adds our settings and those that are passed through to the connector. */
  public static SparkConf configure(SparkConf conf, CassandraSettings settings) {
    Class<?> factory =
        settings.verifyHostName() ? SessionFactory.class : SessionFactory.AnyHostName.class;
    conf.set("spark.cassandra.connection.factory", factory.getName())
        .set("spark.cassandra.connection.localDC", settings.localDatacenter());
    settings.spark().forEach(conf::set);
    return conf;
  }

  /** Whether a read sees all writes that were acknowledged before it. */
  public boolean readsItsWrites() {
    return QUORUMS.contains(consistency);
  }

  /**
   * @throws PlaylogException if no node can be reached or lets us in, or the cluster is not as it
   *     must be
   */
  public CassandraSession open() {
    return new CassandraSession(connect(), keyspace, consistency);
  }

  private CqlSession connect() {
    try {
      return connector.openSession();
    } catch (Exception e) {
      // Among them checked ones that the connector does not declare.
      throw new Unreachable(contactPoints).explain(e);
    }
  }
}
