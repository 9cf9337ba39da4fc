package io.playlog.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Comma-separated addresses, as Kafka and Cassandra clients write them; IPv6 in brackets. */
final class Addresses {
  private static final Pattern ADDRESS =
      Pattern.compile("(?:[^\\s,:\\[\\]]+|\\[[0-9a-fA-F:.]+])(?::(?<port>\\d{1,5}))?");

  private Addresses() {}

  static boolean haveHostsAndPorts(String addresses) {
    return all(addresses, true);
  }

  /** With ports or without. */
  static boolean haveHosts(String addresses) {
    return all(addresses, false);
  }

  private static boolean all(String addresses, boolean withPorts) {
    for (String address : addresses.split(",", -1)) {
      Matcher found = ADDRESS.matcher(address.strip());
      if (!found.matches() || !isPort(found.group("port"), withPorts)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPort(String found, boolean required) {
    if (found == null) {
      return !required;
    }
    int port = Integer.parseInt(found);
    return port >= 1 && port <= 65_535;
  }
}
