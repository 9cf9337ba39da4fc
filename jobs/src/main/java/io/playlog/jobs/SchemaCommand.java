package io.playlog.jobs;

import io.playlog.cli.Program;
import io.playlog.jobs.context.JobContext;
import io.playlog.schema.Schema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Applies the schema; doing so again changes nothing. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    description = "Creates keyspace and tables; what exists stays as it is.")
final class SchemaCommand implements Callable<Integer> {
  @ParentCommand private Program program;

  @Override
  public Integer call() {
    try (JobContext job = JobContext.openWithoutSchema("schema", program.loadConfig())) {
      Schema.apply(job.session(), job.config().cassandra());
    }
    return 0;
  }
}
