package io.playlog.config;

import java.util.regex.Pattern;

/** Comma-separated addresses, as Kafka and Cassandra clients write them; IPv6 in brackets. */
final class Addresses {
  private static final String HOST = "([^\\s,:\\[\\]]+|\\[[0-9a-fA-F:.]+])";
  private static final Pattern HOST_AND_PORT = Pattern.compile(HOST + ":\\d{1,5}");
  private static final Pattern HOST_MAYBE_PORT = Pattern.compile(HOST + "(:\\d{1,5})?");

  private Addresses() {}

  static boolean haveHostsAndPorts(String addresses) {
    return all(HOST_AND_PORT, addresses);
  }

  static boolean haveHosts(String addresses) {
    return all(HOST_MAYBE_PORT, addresses);
  }

  private static boolean all(Pattern pattern, String addresses) {
    for (String address : addresses.split(",", -1)) {
      if (!pattern.matcher(address.strip()).matches()) {
        return false;
      }
    }
    return true;
  }
}
