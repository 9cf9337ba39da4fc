package io.playlog.jobs;

import io.playlog.config.SettingsCommand;
import io.playlog.jobs.audit.AuditCommand;
import io.playlog.jobs.deadletters.ReplayDeadLettersCommand;
import io.playlog.jobs.rematch.RematchCommand;
import io.playlog.jobs.report.HourlySummaryCommand;
import io.playlog.jobs.schema.SchemaCommand;
import io.playlog.jobs.status.StatusCommand;
import io.playlog.jobs.stream.StreamCommand;
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
      StatusCommand.class,
      ReplayDeadLettersCommand.class,
      SettingsCommand.class
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:bad arguments, settings or catalogue",
      "3:the stream has not caught up in time",
      "4:the hour is not over yet",
      "5:the topic or the schema is missing or differs",
      "6:the audit found that messages are missing",
      "7:messages of the audited time have left the topic"
    })
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Returns the exit code. */
  public static int run(String... args) {
    return commandLine().execute(args);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExitCodeExceptionMapper(ExitCode::of)
        .setExecutionExceptionHandler(new FailureHandler());
  }
}
