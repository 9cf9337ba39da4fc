package io.playlog.config;

import java.util.Map;

/**
 * Section {@code cassandra}.
 *
 * @param replication CQL map of the keyspace's replication
 * @param spark passed to the Spark Cassandra Connector as they are; secrets, so never logged
 * @param verifyHostName with TLS: whether a node's certificate must be its own
 */
public record CassandraSettings(
    String contactPoints,
    String localDatacenter,
    String keyspace,
    String replication,
    String consistency,
    Map<String, String> spark,
    boolean verifyHostName) {

  static CassandraSettings from(Section section) {
    return new CassandraSettings(
        section.text("contact-points", "host[:port][,host[:port]...]", Addresses::haveHosts),
        section.text("local-datacenter"),
        section.text(
            "keyspace",
            "a lower-case CQL name, such as spotify",
            found -> found.matches("[a-z][a-z0-9_]{0,47}")),
        section.text(
            "replication",
            "a CQL map, such as {'class': 'SimpleStrategy', 'replication_factor': 1}",
            found -> found.strip().matches("\\{'class'.*\\}")),
        section.choice(
            "consistency",
            "ONE",
            "LOCAL_ONE",
            "TWO",
            "QUORUM",
            "LOCAL_QUORUM",
            "EACH_QUORUM",
            "ALL"),
        section.properties("spark"),
        section.flag("verify-host-name"));
  }
}
