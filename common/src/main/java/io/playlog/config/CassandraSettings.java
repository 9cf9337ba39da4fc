package io.playlog.config;

import java.util.List;
import java.util.Map;

/**
 * Section {@code cassandra}.
 *
 * @param replication CQL map of the keyspace's replication, in one line
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
  private static final String PREFIX = "playlog.cassandra.spark.";
  private static final String TLS = "spark.cassandra.connection.ssl.";
  private static final String USER = "spark.cassandra.auth.username";
  private static final String PASSWORD = "spark.cassandra.auth.password";

  static CassandraSettings from(Section section) {
    Map<String, String> spark = section.connectorProperties("spark");
    if (spark.containsKey(USER) && !spark.containsKey(PASSWORD)) {
      // The connector would not log in at all.
      throw section.lacking(
          "spark",
          PASSWORD + " beside " + USER + ": a variable that it is taken from may not be set");
    }
    return new CassandraSettings(
        section.text(
            "contact-points", "host[:port][,host[:port]...], IPv6 in brackets", Address::haveHosts),
        section.text("local-datacenter"),
        section.text(
            "keyspace",
            "a name of at most 48 ASCII letters, digits and underscores, such as spotify",
            found -> found.matches("[a-zA-Z0-9_]{1,48}")),
        section.cqlMap(
            "replication",
            "a CQL map with a 'class', such as {'class': 'SimpleStrategy', 'replication_factor': 1}"),
        section.choice(
            "consistency",
            "ONE",
            "LOCAL_ONE",
            "TWO",
            "QUORUM",
            "LOCAL_QUORUM",
            "EACH_QUORUM",
            "ALL"),
        spark,
        section.flag("verify-host-name"));
  }

  /** The same with other properties of the connector. */
  CassandraSettings with(Map<String, String> others) {
    return new CassandraSettings(
        contactPoints, localDatacenter, keyspace, replication, consistency, others, verifyHostName);
  }

  /** The contact points one by one. */
  public List<Address> nodes() {
    return Address.list(contactPoints).orElseThrow();
  }

  /**
   * To be called before a session is opened.
   *
   * @throws io.playlog.error.PlaylogException if a store of certificates cannot be opened
   */
  public void requireStores() {
    if (hasTls()) {
      for (String store : List.of("trustStore.", "keyStore.")) {
        StoreFile.of(PREFIX, spark, TLS + store + "path", TLS + store + "password", StoreFile.JAVAS)
            .ifPresent(StoreFile::require);
      }
    }
  }

  private boolean hasTls() {
    return Boolean.parseBoolean(spark.get(TLS + "enabled"));
  }
}
