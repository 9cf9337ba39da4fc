package io.playlog.jobs.cassandra;

import com.datastax.spark.connector.cql.CassandraConnectorConf;
import com.datastax.spark.connector.cql.IpBasedContactInfo;
import io.playlog.config.Address;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.JavaConverters;

/**
 * The nodes that a session asks first. The connector takes a text apart at its colons, and so
 * refuses the addresses of IPv6; what is resolved already it takes as it is.
 */
final class ContactPoints {
  private static final Logger LOG = LoggerFactory.getLogger(ContactPoints.class);

  private ContactPoints() {}

  /**
   * The same configuration with other contact points.
   *
   * @param nodes with all addresses that their names stand for
   * @param port of those that have none of their own
   * @throws PlaylogException if no name can be resolved
   */
  static CassandraConnectorConf set(CassandraConnectorConf conf, List<Address> nodes, int port) {
    // A profile file and a cloud bundle name contact points of their own.
    if (!(conf.contactInfo() instanceof IpBasedContactInfo contacts)) {
      return conf;
    }
    Set<InetSocketAddress> hosts = resolve(nodes, port, conf.resolveContactPoints());
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

  private static Set<InetSocketAddress> resolve(List<Address> nodes, int port, boolean now) {
    Set<InetSocketAddress> resolved = new LinkedHashSet<>();
    List<String> unknown = new ArrayList<>();
    for (Address node : nodes) {
      int nodesPort = node.port().orElse(port);
      if (!now) {
        // For names whose addresses change: the driver asks at each connection.
        resolved.add(InetSocketAddress.createUnresolved(node.host(), nodesPort));
        continue;
      }
      try {
        for (InetAddress address : InetAddress.getAllByName(node.host())) {
          resolved.add(new InetSocketAddress(address, nodesPort));
        }
      } catch (UnknownHostException e) {
        unknown.add(node.host());
      }
    }
    if (resolved.isEmpty()) {
      throw new PlaylogException(
          ErrorCode.CASSANDRA_UNREACHABLE,
          "playlog.cassandra.contact-points: found %s, which cannot be resolved. Mend the name, or DNS."
              .formatted(String.join(", ", unknown)));
    }
    unknown.forEach(name -> LOG.warn("The Cassandra node {} cannot be resolved", name));
    return resolved;
  }

  static Set<InetSocketAddress> of(IpBasedContactInfo contacts) {
    return JavaConverters.setAsJavaSetConverter(contacts.hosts()).asJava();
  }
}
