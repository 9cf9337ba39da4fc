package io.playlog.cassandra;

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

/** The nodes that a session asks first. */
public final class ContactPoints {
  private static final Logger LOG = LoggerFactory.getLogger(ContactPoints.class);

  private ContactPoints() {}

  /**
   * @param nodes with all addresses that their names stand for
   * @param port of those that have none of their own
   * @param now or each time that a connection is opened, for names whose addresses change
   * @throws PlaylogException if no name can be resolved
   */
  public static Set<InetSocketAddress> resolve(List<Address> nodes, int port, boolean now) {
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
}
