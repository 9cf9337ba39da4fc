package io.playlog.jobs.status;

import io.playlog.cli.Json;
import io.playlog.cli.Program;
import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.context.JobContext;
import io.playlog.kafka.Topic;
import io.playlog.store.Status;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** How far stream and reports have come, for those who have no more than this jar. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Prints as one JSON object how far the stream and the reports have come.")
public final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ParentCommand private Program program;

  @Override
  public Integer call() throws InterruptedException {
    PlaylogConfig config = program.loadConfig();
    try (JobContext job = JobContext.open("status", config);
        Topic topic = Topic.ofListens(config.kafka())) {
      Status status = Status.read(job.session(), topic, config.report().grace());
      spec.commandLine().getOut().println(Json.object(status.fields()));
    }
    return 0;
  }
}
