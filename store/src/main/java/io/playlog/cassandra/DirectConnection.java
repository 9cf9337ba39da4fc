package io.playlog.cassandra;

import com.datastax.dse.driver.api.core.config.DseDriverOption;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import com.datastax.oss.driver.api.core.metadata.Node;
import io.playlog.config.CassandraSettings;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Sessions of programs without Spark: by the same settings as the jobs', with the login and the TLS
 * that stand there for Spark's connector.
 */
public final class DirectConnection {
  private static final String CONNECTION = "spark.cassandra.connection.";
  private static final String TLS = CONNECTION + "ssl.";
  private static final int DEFAULT_PORT = 9042;

  private DirectConnection() {}

  /**
   * @param timeout of each request
   * @throws PlaylogException if no node can be reached or lets us in, or the cluster is not as it
   *     must be
   */
  public static CassandraSession open(CassandraSettings settings, Duration timeout) {
    settings.requireStores();
    try {
      CqlSessionBuilder builder =
          new BoundedSessionBuilder()
              .withConfigLoader(driverConfig(settings, timeout))
              .addContactPoints(
                  ContactPoints.resolve(settings.nodes(), port(settings.spark()), true))
              .withLocalDatacenter(settings.localDatacenter())
              .withApplicationName("Playlog");
      String user = settings.spark().get("spark.cassandra.auth.username");
      if (user != null) {
        builder.withAuthCredentials(
            user, settings.spark().getOrDefault("spark.cassandra.auth.password", ""));
      }
      return new CassandraSession(
          checked(builder.build(), settings),
          settings.keyspace(),
          DefaultConsistencyLevel.valueOf(settings.consistency()));
    } catch (RuntimeException e) {
      throw new Unreachable(settings.contactPoints(), "contact-points").explain(e);
    }
  }

  private static int port(Map<String, String> properties) {
    String port = properties.getOrDefault(CONNECTION + "port", "" + DEFAULT_PORT);
    try {
      return Integer.parseInt(port);
    } catch (NumberFormatException e) {
      throw new PlaylogException(
          ErrorCode.BAD_SETTINGS,
          "playlog.cassandra.spark.%sport: expected a number".formatted(CONNECTION));
    }
  }

  private static CqlSession checked(CqlSession session, CassandraSettings settings) {
    try {
      Collection<Node> nodes = session.getMetadata().getNodes().values();
      ClusterChecks.requireVersion(nodes.stream().map(Node::getCassandraVersion).toList());
      ClusterChecks.requireDatacenter(
          settings.localDatacenter(), nodes.stream().map(Node::getDatacenter).toList());
      return session;
    } catch (PlaylogException e) {
      session.close();
      throw e;
    }
  }

  static DriverConfigLoader driverConfig(CassandraSettings settings, Duration timeout) {
    Map<String, String> properties = settings.spark();
    ProgrammaticDriverConfigLoaderBuilder config =
        AnotherNode.asked(DriverConfigLoader.programmaticBuilder())
            .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, timeout)
            .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, timeout)
            .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, timeout)
            // What status, for which a person waits, need not load: native code for a finer clock,
            // and reports to a server of DataStax's own.
            .withBoolean(DefaultDriverOption.TIMESTAMP_GENERATOR_FORCE_JAVA_CLOCK, true)
            .withBoolean(DseDriverOption.MONITOR_REPORTING_ENABLED, false)
            // Netty would wait two seconds, at the end, for somebody who still has something to do.
            .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
            .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0);
    if (Boolean.parseBoolean(properties.get(TLS + "enabled"))) {
      config
          .withString(DefaultDriverOption.SSL_ENGINE_FACTORY_CLASS, "DefaultSslEngineFactory")
          .withBoolean(DefaultDriverOption.SSL_HOSTNAME_VALIDATION, settings.verifyHostName());
      set(config, DefaultDriverOption.SSL_TRUSTSTORE_PATH, properties, "trustStore.path");
      set(config, DefaultDriverOption.SSL_TRUSTSTORE_PASSWORD, properties, "trustStore.password");
      if (Boolean.parseBoolean(properties.get(TLS + "clientAuth.enabled"))) {
        set(config, DefaultDriverOption.SSL_KEYSTORE_PATH, properties, "keyStore.path");
        set(config, DefaultDriverOption.SSL_KEYSTORE_PASSWORD, properties, "keyStore.password");
      }
      String ciphers = properties.get(TLS + "enabledAlgorithms");
      if (ciphers != null) {
        config.withStringList(
            DefaultDriverOption.SSL_CIPHER_SUITES, List.of(ciphers.strip().split("\\s*,\\s*")));
      }
    }
    return config.build();
  }

  private static void set(
      ProgrammaticDriverConfigLoaderBuilder config,
      DefaultDriverOption option,
      Map<String, String> properties,
      String name) {
    String value = properties.get(TLS + name);
    if (value != null) {
      config.withString(option, value);
    }
  }
}
