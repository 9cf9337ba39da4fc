package io.playlog.jobs.audit;

import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.ConfigOption;
import io.playlog.jobs.ExitCode;
import io.playlog.jobs.cassandra.Cassandra;
import io.playlog.jobs.cassandra.CassandraSession;
import io.playlog.jobs.schema.Schema;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares the topic with what is stored. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Looks whether every message that the stream has read is stored, prints",
      "  in = stored + repeated + dead-lettered + missing",
      "and lists what is missing. Can be run at any time; changes nothing without --repair."
    })
public final class AuditCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigOption configOption;

  @ArgGroup(multiplicity = "1")
  private AuditedTimeOptions time;

  @Option(
      names = "--repair",
      description = "Store what is missing and make the hours of these listens due.")
  private boolean repair;

  @Option(
      names = "--list",
      paramLabel = "N",
      defaultValue = "100",
      description = "List so many missing messages at most (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Override
  public Integer call() {
    AuditedTime audited = time.check(spec);
    if (limit < 0) {
      throw new ParameterException(spec.commandLine(), "--list must not be negative");
    }
    PlaylogConfig config = configOption.load();
    SparkConf conf = Cassandra.configure(new SparkConf(), config.cassandra());
    conf.setAppName("playlog-audit").set("spark.sql.session.timeZone", "UTC");
    Cassandra cassandra = Cassandra.of(conf, config);
    Audit audit;
    try (CassandraSession session = cassandra.open()) {
      Schema.check(session);
      audit = Audit.begin(audited, config, session);
    }
    try (SparkSession spark = SparkSession.builder().config(conf).getOrCreate()) {
      return run(audit, spark, config, cassandra).code();
    }
  }

  private ExitCode run(Audit audit, SparkSession spark, PlaylogConfig config, Cassandra cassandra) {
    AuditReport report = new AuditReport(spec.commandLine().getOut(), config.kafka().topic());
    AuditResult result = audit.run(spark, config, cassandra);
    report.print(audit, result, limit);
    long missing = result.counts().missing();
    if (repair && missing > 0) {
      Repair repaired = Repair.run(result, audit.messages(spark, config), spark, config, cassandra);
      report.print(repaired);
      missing -= repaired.messages();
    }
    if (missing != 0) {
      return ExitCode.MISSING;
    }
    return audit.offsets().completeSince().isPresent() ? ExitCode.NOT_AUDITABLE : ExitCode.OK;
  }
}
