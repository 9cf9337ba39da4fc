package io.playlog.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

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
   * Reads a HOCON file with the one root {@code playlog}; environment variables replace {@code
   * ${?NAME}}. The file is parsed by itself: the Cassandra driver and Spark resolve the global
   * configuration, in which a mistake of ours would stop every session.
   *
   * @throws ConfigException if the file cannot be read, or a key is unknown, missing or bad
   */
  public static PlaylogConfig load(Path file) {
    if (Files.notExists(file)) {
      throw new ConfigException(
          "Cannot read the configuration "
              + file
              + ": there is no such file; name it with --config, such as conf/application.conf");
    }
    Config config;
    try {
      config =
          ConfigFactory.parseFile(
                  file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false))
              .resolve();
    } catch (com.typesafe.config.ConfigException e) {
      // The message starts with the file and the line.
      throw new ConfigException("Cannot read the configuration " + e.getMessage());
    }
    Section root = new Section("", config, file.toAbsolutePath().getParent());
    Section playlog = root.section("playlog");
    root.end();
    PlaylogConfig read =
        new PlaylogConfig(
            read(playlog, "kafka", KafkaSettings::from),
            read(playlog, "cassandra", CassandraSettings::from),
            read(playlog, "catalogue", CatalogueSettings::from),
            read(playlog, "producer", ProducerSettings::from),
            read(playlog, "stream", StreamSettings::from),
            read(playlog, "report", ReportSettings::from),
            read(playlog, "spark", SparkSettings::from),
            read(playlog, "local", LocalSettings::from));
    playlog.end();
    return read;
  }

  /** Whether the brokers are those of the embedded stack, which is started then. */
  public boolean kafkaIsEmbedded() {
    return kafka.bootstrapServers().equals("127.0.0.1:" + local.kafkaPort());
  }

  /** Whether the contact point is that of the embedded stack, which is started then. */
  public boolean cassandraIsEmbedded() {
    return cassandra.contactPoints().equals("127.0.0.1:" + local.cassandraPort());
  }

  private static <T> T read(Section playlog, String key, Function<Section, T> from) {
    Section section = playlog.section(key);
    T settings = from.apply(section);
    section.end();
    return settings;
  }
}
