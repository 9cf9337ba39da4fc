package io.playlog.config;

import java.nio.file.Path;

/** All settings of Playlog, complete and checked. */
public record PlaylogConfig(
    KafkaSettings kafka,
    CassandraSettings cassandra,
    CatalogueSettings catalogue,
    ProducerSettings producer,
    StreamSettings stream,
    ReportSettings report,
    SparkSettings spark,
    LocalSettings local) {

  /**
   * Reads the operator's file, laid over the defaults of {@code reference.conf}; environment
   * variables override both.
   *
   * @param file HOCON with the one root {@code playlog}
   * @throws io.playlog.error.PlaylogException if the file cannot be read, or a key is unknown or
   *     bad
   */
  public static PlaylogConfig load(Path file) {
    Section playlog =
        new Section("", ConfigFile.read(file), file.toAbsolutePath().getParent())
            .section(ConfigFile.ROOT);
    return new PlaylogConfig(
        KafkaSettings.from(playlog.section("kafka")),
        CassandraSettings.from(playlog.section("cassandra")),
        CatalogueSettings.from(playlog.section("catalogue")),
        ProducerSettings.from(playlog.section("producer")),
        StreamSettings.from(playlog.section("stream")),
        ReportSettings.from(playlog.section("report")),
        SparkSettings.from(playlog.section("spark")),
        LocalSettings.from(playlog.section("local")));
  }

  /** Whether the brokers are the bundled ones, which start-all.sh starts then. */
  public boolean kafkaIsBundled() {
    return kafka.bootstrapServers().equals("127.0.0.1:" + local.kafkaPort());
  }

  /** Whether the contact point is the bundled server, which start-all.sh starts then. */
  public boolean cassandraIsBundled() {
    return cassandra.contactPoints().equals("127.0.0.1:" + local.cassandraPort());
  }
}
