package io.playlog.jobs.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.spark.connector.cql.CassandraConnector;
import com.datastax.spark.connector.cql.CassandraConnectorConf;
import io.playlog.cassandra.CassandraSession;
import io.playlog.cassandra.Unreachable;
import io.playlog.config.CassandraSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.Failures;
import io.playlog.error.PlaylogException;
import java.io.Serializable;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import javax.net.ssl.SSLContext;
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

  /** Of the connector. One that is passed through to it counts. */
  private static final String HOST = "spark.cassandra.connection.host";

  /** Of the connector, whose own are without forward secrecy. */
  private static final String CIPHERS = "spark.cassandra.connection.ssl.enabledAlgorithms";

  private final CassandraConnector connector;
  private final String contactPoints;
  private final String setting;
  private final String keyspace;
  private final DefaultConsistencyLevel consistency;

  private Cassandra(CassandraConnector connector, CassandraSettings settings) {
    this.connector = connector;
    this.contactPoints = settings.spark().getOrDefault(HOST, settings.contactPoints());
    this.setting = settings.spark().containsKey(HOST) ? "spark." + HOST : "contact-points";
    this.keyspace = settings.keyspace();
    this.consistency = DefaultConsistencyLevel.valueOf(settings.consistency());
  }

  /**
   * @param conf with the connector's settings, see {@link #configure}
   */
  public static Cassandra of(SparkConf conf, CassandraSettings settings) {
    settings.requireStores();
    CassandraConnectorConf connectors;
    int port;
    try {
      connectors = CassandraConnectorConf.fromSparkConf(conf);
      port = conf.getInt("spark.cassandra.connection.port", DEFAULT_PORT);
    } catch (Exception e) {
      // Among them checked ones that the connector does not declare. A cause may show a value.
      throw new PlaylogException(
          ErrorCode.BAD_SETTINGS,
          "The Spark Cassandra Connector refuses playlog.cassandra.spark: " + Failures.words(e));
    }
    boolean ours = !settings.spark().containsKey(HOST);
    return new Cassandra(
        new CassandraConnector(
            ours ? ConnectorContactPoints.set(connectors, settings.nodes(), port) : connectors),
        settings);
  }

  /** Adds our settings and those that are passed through to the connector. */
  public static SparkConf configure(SparkConf conf, CassandraSettings settings) {
    Class<?> factory =
        settings.verifyHostName() ? SessionFactory.class : SessionFactory.AnyHostName.class;
    conf.set("spark.cassandra.connection.factory", factory.getName())
        .set("spark.cassandra.connection.localDC", settings.localDatacenter());
    settings.spark().forEach(conf::set);
    return conf.setIfMissing(CIPHERS, ciphersOfTheJdk());
  }

  /** What today's JDK takes for safe, as are its protocols: TLS 1.3 and 1.2. */
  private static String ciphersOfTheJdk() {
    try {
      return String.join(",", SSLContext.getDefault().getDefaultSSLParameters().getCipherSuites());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every JDK has one.
    }
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
      throw new Unreachable(contactPoints, setting).explain(e);
    }
  }
}
