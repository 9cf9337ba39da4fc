package io.playlog.jobs.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.auth.AuthProvider;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.spark.connector.cql.CassandraConnectionFactory;
import com.datastax.spark.connector.cql.CassandraConnectorConf;
import com.datastax.spark.connector.cql.DefaultConnectionFactory$;
import com.datastax.spark.connector.cql.IpBasedContactInfo;
import io.playlog.cassandra.AnotherNode;
import io.playlog.cassandra.BoundedSessionBuilder;
import io.playlog.cassandra.ClusterChecks;
import io.playlog.error.PlaylogException;
import java.util.Collection;
import java.util.List;
import scala.Option;

/**
 * Opens the connector's sessions, but such as ask {@link AnotherNode}, by a {@link
 * BoundedSessionBuilder}, and with the driver's own load balancing: the connector's lists all nodes
 * for every statement, which was a fifth of the stream's processor time when each write held one
 * row.
 */
public class SessionFactory implements CassandraConnectionFactory {
  private static final DefaultConnectionFactory$ CONNECTOR = DefaultConnectionFactory$.MODULE$;
  private static final String DRIVERS_BALANCING = "DefaultLoadBalancingPolicy";

  /**
   * The most that the protocol has numbers for. The driver's 1,024 are fewer than all tasks of a
   * large executor may have under way, and a request beyond them fails at once.
   */
  private static final int REQUESTS_PER_CONNECTION = 32_768;

  @Override
  public CqlSession createSession(CassandraConnectorConf conf) {
    // A profile file and a cloud bundle bring settings of their own.
    if (!(conf.contactInfo() instanceof IpBasedContactInfo contacts)) {
      return CONNECTOR.createSession(conf);
    }
    CqlSessionBuilder session =
        new BoundedSessionBuilder()
            .withConfigLoader(driverConfig(conf))
            .addContactPoints(ConnectorContactPoints.of(contacts))
            .withApplicationName("Playlog");
    Option<AuthProvider> login = contacts.authConf().authProvider();
    if (login.isDefined()) {
      session.withAuthProvider(login.get());
    }
    return checked(session.build(), conf.localDC());
  }

  DriverConfigLoader driverConfig(CassandraConnectorConf conf) {
    return AnotherNode.asked(
            CONNECTOR.connectorConfigBuilder(conf, DriverConfigLoader.programmaticBuilder()))
        .withString(DefaultDriverOption.LOAD_BALANCING_POLICY_CLASS, DRIVERS_BALANCING)
        .withInt(DefaultDriverOption.CONNECTION_MAX_REQUESTS, REQUESTS_PER_CONNECTION)
        .withStringList(DefaultDriverOption.CONTACT_POINTS, List.of())
        .withBoolean(DefaultDriverOption.SSL_HOSTNAME_VALIDATION, verifiesHostName())
        .build();
  }

  private static CqlSession checked(CqlSession session, Option<String> localDatacenter) {
    try {
      Collection<Node> nodes = session.getMetadata().getNodes().values();
      ClusterChecks.requireVersion(nodes.stream().map(Node::getCassandraVersion).toList());
      if (localDatacenter.isDefined()) {
        ClusterChecks.requireDatacenter(
            localDatacenter.get(), nodes.stream().map(Node::getDatacenter).toList());
      }
      return session;
    } catch (PlaylogException e) {
      session.close();
      throw e;
    }
  }

  /** With TLS: whether a certificate must be the node's own, which the connector never asks for. */
  boolean verifiesHostName() {
    return true;
  }

  /** For {@code cassandra.verify-host-name = false}; the connector makes a factory by its class. */
  public static final class AnyHostName extends SessionFactory {
    @Override
    boolean verifiesHostName() {
      return false;
    }
  }

  /**
   * All of a class are equal, those that came with a task too: the connector opens a session for
   * each configuration that is not equal to an earlier one, and this is a part of it.
   */
  @Override
  public boolean equals(Object other) {
    return other != null && getClass() == other.getClass();
  }

  @Override
  public int hashCode() {
    return getClass().hashCode();
  }
}
