package io.playlog.jobs.cassandra;

import com.datastax.spark.connector.cql.CassandraConnectorConf;
import com.datastax.spark.connector.cql.IpBasedContactInfo;
import io.playlog.cassandra.ContactPoints;
import io.playlog.config.Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import scala.collection.JavaConverters;

/**
 * The nodes that a session asks first. The connector takes a text apart at its colons, and so
 * refuses the addresses of IPv6; what is resolved already it takes as it is.
 */
final class ConnectorContactPoints {
  private ConnectorContactPoints() {}

  /**
   * The same configuration with other contact points.
   *
   * @param nodes with all addresses that their names stand for
   * @param port of those that have none of their own
   * @throws io.playlog.error.PlaylogException if no name can be resolved
   */
  static CassandraConnectorConf set(CassandraConnectorConf conf, List<Address> nodes, int port) {
    // A profile file and a cloud bundle name contact points of their own.
    if (!(conf.contactInfo() instanceof IpBasedContactInfo contacts)) {
      return conf;
    }
    Set<InetSocketAddress> hosts = ContactPoints.resolve(nodes, port, conf.resolveContactPoints());
    return new CassandraConnectorConf(
        new IpBasedContactInfo(
            JavaConverters.asScalaSetConverter(hosts).asScala().<InetSocketAddress>toSet(),
            contacts.authConf(),
            contacts.cassandraSSLConf()),
        conf.localDC(),
        conf.keepAliveMillis(),
        conf.minReconnectionDelayMillis(),
        conf.maxReconnectionDelayMillis(),
        conf.localConnectionsPerExecutor(),
        conf.remoteConnectionsPerExecutor(),
        conf.compression(),
        conf.queryRetryCount(),
        conf.connectTimeoutMillis(),
        conf.readTimeoutMillis(),
        conf.connectionFactory(),
        conf.quietPeriodBeforeCloseMillis(),
        conf.timeoutBeforeCloseMillis(),
        conf.resolveContactPoints());
  }

  static Set<InetSocketAddress> of(IpBasedContactInfo contacts) {
    return JavaConverters.setAsJavaSetConverter(contacts.hosts()).asJava();
  }
}
