package io.playlog.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** All settings of Playlog, complete and checked. */
public record PlaylogConfig(
    KafkaSettings kafka,
    CassandraSettings cassandra,
    CatalogueSettings catalogue,
    ProducerSettings producer,
    StreamSettings stream,
    ReportSettings report,
    SparkSettings spark,
    WebSettings web,
    SecuritySettings security,
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
    // The log is made when it is used: a program may have to set it up by the settings first.
    return load(file, warning -> LoggerFactory.getLogger(PlaylogConfig.class).warn(warning));
  }

  static PlaylogConfig load(Path file, Consumer<String> warnings) {
    Section playlog =
        new Section("", ConfigFile.read(file, warnings), file.toAbsolutePath().getParent())
            .section(ConfigFile.ROOT);
    // First, since others are made of it: a bad port is to be named as what it is.
    LocalSettings local = LocalSettings.from(playlog.section("local"));
    return new PlaylogConfig(
        KafkaSettings.from(playlog.section("kafka")),
        CassandraSettings.from(playlog.section("cassandra")),
        CatalogueSettings.from(playlog.section("catalogue")),
        ProducerSettings.from(playlog.section("producer")),
        StreamSettings.from(playlog.section("stream")),
        ReportSettings.from(playlog.section("report")),
        SparkSettings.from(playlog.section("spark")),
        WebSettings.from(playlog.section("web")),
        SecuritySettings.from(playlog.section("security")),
        local);
  }

  /** Where logins and certificates are, if the servers are secured by them. */
  public Optional<SecurityFolder> securityFolder() {
    if (!security.folder().isEmpty()) {
      return Optional.of(new SecurityFolder(Path.of(security.folder())));
    }
    return local.secure()
        ? Optional.of(new SecurityFolder(local.dir().resolve("security")))
        : Optional.empty();
  }

  /** The same, if the bundled servers are; others may be secured beside open ones. */
  public Optional<SecurityFolder> securityOfBundled() {
    return local.secure() ? securityFolder() : Optional.empty();
  }

  /**
   * The settings of a program: with its login beside what {@code kafka.properties}, {@code
   * cassandra.spark} and {@code web.login} say, which counts before. {@code local.secure} is about
   * the bundled servers, the folder about all.
   *
   * @throws io.playlog.error.PlaylogException if its password cannot be read, or others may read it
   */
  public PlaylogConfig as(Role role) {
    return securityFolder().map(folder -> as(role, folder)).orElse(this);
  }

  private PlaylogConfig as(Role role, SecurityFolder folder) {
    boolean all = !security.folder().isEmpty();
    return new PlaylogConfig(
        all || kafkaIsBundled()
            ? kafka.with(folder.kafkaProperties(role, kafka.properties()))
            : kafka,
        all || cassandraIsBundled()
            ? cassandra.with(folder.connectorProperties(role, cassandra.spark()))
            : cassandra,
        catalogue,
        producer,
        stream,
        report,
        spark,
        role == Role.PAGE ? web.withLogin(folder) : web,
        security,
        local);
  }

  /** Whether the brokers are the bundled ones, which start-all.sh starts then. */
  public boolean kafkaIsBundled() {
    return kafka.bootstrapServers().equals(local.addresses(local.kafkaPort()));
  }

  /** Whether the contact points are the bundled nodes, which start-all.sh starts then. */
  public boolean cassandraIsBundled() {
    return cassandra.contactPoints().equals(local.addresses(local.cassandraPort()));
  }

  /**
   * Whether Spark's master is the bundled one, which start-all.sh starts then, with its workers.
   */
  public boolean sparkIsBundled() {
    return spark
        .master()
        .equals("spark://" + LocalSettings.host(1) + ":" + local.sparkMasterPort());
  }
}
