package io.playlog.jobs.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.auth.AuthProvider;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.spark.connector.cql.CassandraConnectionFactory;
import com.datastax.spark.connector.cql.CassandraConnectorConf;
import com.datastax.spark.connector.cql.DefaultConnectionFactory$;
import com.datastax.spark.connector.cql.IpBasedContactInfo;
import scala.Option;

/**
 * Opens the connector's sessions, but with the driver's own load balancing: the connector's lists
 * all nodes for every statement, which was a fifth of the stream's processor time when each write
 * held one row.
 */
public final class SessionFactory implements CassandraConnectionFactory {
  private static final DefaultConnectionFactory$ CONNECTOR = DefaultConnectionFactory$.MODULE$;
  private static final String DRIVERS_BALANCING = "DefaultLoadBalancingPolicy";

  @Override
  public CqlSession createSession(CassandraConnectorConf conf) {
    // A profile file and a cloud bundle bring load balancing of their own.
    if (!(conf.contactInfo() instanceof IpBasedContactInfo contacts)) {
      return CONNECTOR.createSession(conf);
    }
    DriverConfigLoader config =
        CONNECTOR
            .connectorConfigBuilder(conf, DriverConfigLoader.programmaticBuilder())
            .withString(DefaultDriverOption.LOAD_BALANCING_POLICY_CLASS, DRIVERS_BALANCING)
            .build();
    CqlSessionBuilder session = CqlSession.builder().withConfigLoader(config);
    Option<AuthProvider> login = contacts.authConf().authProvider();
    if (login.isDefined()) {
      session.withAuthProvider(login.get());
    }
    return session.build();
  }

  /**
   * All are equal, those that came with a task too: the connector opens a session for each
   * configuration that is not equal to an earlier one, and this is a part of it.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof SessionFactory;
  }

  @Override
  public int hashCode() {
    return SessionFactory.class.hashCode();
  }
}
