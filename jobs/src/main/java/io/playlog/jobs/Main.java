package io.playlog.jobs;

import io.playlog.cassandra.Answers;
import io.playlog.cli.Program;
import io.playlog.cli.SettingsCommand;
import io.playlog.error.PlaylogException;
import io.playlog.jobs.audit.AuditCommand;
import io.playlog.jobs.context.ExecutorWatch;
import io.playlog.jobs.deadletters.ReplayDeadLettersCommand;
import io.playlog.jobs.export.ExportCommand;
import io.playlog.jobs.forget.ForgetCommand;
import io.playlog.jobs.rematch.RematchCommand;
import io.playlog.jobs.status.StatusCommand;
import io.playlog.jobs.stream.StreamCommand;
import io.playlog.jobs.summary.HourlySummaryCommand;
import io.playlog.jobs.unreadable.SkipUnreadableCommand;
import io.playlog.kafka.KafkaClients;
import io.playlog.kafka.Refusals;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code spark-submit jobs.jar COMMAND --config conf/application.conf}. */
@Command(
    name = "jobs.jar",
    mixinStandardHelpOptions = true,
    description = "Playlog's Spark jobs.",
    subcommands = {
      SchemaCommand.class,
      StreamCommand.class,
      HourlySummaryCommand.class,
      AuditCommand.class,
      RematchCommand.class,
      ForgetCommand.class,
      ExportCommand.class,
      StatusCommand.class,
      ReplayDeadLettersCommand.class,
      SkipUnreadableCommand.class,
      SettingsCommand.class
    })
public final class Main extends Program {
  private Main() {}

  @Override
  protected Optional<PlaylogException> explain(Throwable failure) {
    return Answers.in(failure)
        .or(() -> ExecutorWatch.in(failure))
        .or(() -> Refusals.in(failure))
        .or(() -> KafkaClients.timedOut(failure));
  }

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Returns the exit code. */
  public static int run(String... args) {
    return commandLine().execute(args);
  }

  static CommandLine commandLine() {
    return commandLine(new Main());
  }
}
