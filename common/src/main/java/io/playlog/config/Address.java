package io.playlog.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server is, as Kafka's and Cassandra's clients write it: {@code node1}, {@code
 * node1:9042}, {@code [2001:db8::7]:9042}.
 *
 * @param host a name or an address, IPv6 without its brackets
 */
public record Address(String host, OptionalInt port) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?<name>[^\\s,:\\[\\]]+)|\\[(?<v6>[0-9a-fA-F.]*:[0-9a-fA-F:.]*)(?<zone>%[\\w.~-]+)?])(?::(?<port>\\d{1,5}))?");

  /**
   * @param addresses separated by commas
   * @return empty if one of them is none
   */
  static Optional<List<Address>> list(String addresses) {
    List<Address> found = new ArrayList<>();
    for (String address : addresses.split(",", -1)) {
      Matcher parts = FORM.matcher(address.strip());
      if (!parts.matches()) {
        return Optional.empty();
      }
      String written = parts.group("port");
      OptionalInt port =
          written == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(written));
      if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > 65_535)) {
        return Optional.empty();
      }
      String host = parts.group("name");
      if (host == null) {
        if (!isIpv6(parts.group("v6"))) {
          return Optional.empty();
        }
        host = parts.group("v6") + (parts.group("zone") == null ? "" : parts.group("zone"));
      }
      found.add(new Address(host, port));
    }
    return Optional.of(List.copyOf(found));
  }

  static boolean haveHostsAndPorts(String addresses) {
    return list(addresses)
        .filter(found -> found.stream().allMatch(address -> address.port().isPresent()))
        .isPresent();
  }

  /** With ports or without. */
  static boolean haveHosts(String addresses) {
    return list(addresses).isPresent();
  }

  /** With a colon in it nothing is looked up: it is an address, or an error. */
  private static boolean isIpv6(String found) {
    try {
      InetAddress.getByName("[" + found + "]");
      return true;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
