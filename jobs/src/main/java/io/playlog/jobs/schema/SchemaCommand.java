package io.playlog.jobs.schema;

import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.ConfigOption;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.jobs.cassandra.CassandraSession;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Applies the schema; doing so again changes nothing. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    description = "Creates keyspace and tables; what exists stays as it is.")
public final class SchemaCommand implements Callable<Integer> {
  @Mixin private ConfigOption configOption;

  @Override
  public Integer call() {
    PlaylogConfig config = configOption.load();
    SparkConf conf = Cassandra.configure(new SparkConf(), config.cassandra());
    try (CassandraSession session = Cassandra.of(conf, config).open()) {
      Schema.apply(session, config.cassandra());
    }
    return 0;
  }
}
