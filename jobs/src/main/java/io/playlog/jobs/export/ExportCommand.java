package io.playlog.jobs.export;

import io.playlog.cli.EventTimeOptions;
import io.playlog.cli.ListenerName;
import io.playlog.cli.Program;
import io.playlog.cli.TimeRange;
import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.context.JobContext;
import io.playlog.listen.ListenParser;
import io.playlog.store.Records;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Writes what is stored of a listener to a file that others can read. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the listens of a listener as ListenBrainz does: a JSON object a line, the oldest first. Other"
          + " programs read that, and producer.jar import makes the same rows of it."
    })
public final class ExportCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ExportCommand.class);

  @Spec private CommandSpec spec;

  @ParentCommand private Program program;

  @Option(
      names = "--listener",
      required = true,
      paramLabel = "NAME",
      description = "Whose listens: the name, as it is in the messages.")
  private String listener;

  @Mixin private EventTimeOptions asked;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "The file, which is there when it is whole and replaces an older one (default: standard"
              + " output).")
  private Path output;

  @Override
  public Integer call() {
    String name = ListenerName.check(spec, listener);
    TimeRange range = asked.range();
    PlaylogConfig config = program.loadConfig();
    try (JobContext job = JobContext.open("export", config)) {
      Export export =
          new Export(
              new Records(job.session())
                  .readTold(
                      name,
                      range.from() == null ? ListenParser.EARLIEST : range.from(),
                      range.to() == null ? ListenParser.RECORD_END : range.to()));
      // Not System.out, which tells nobody that it could not write, and has the shell's characters.
      long written =
          output == null
              ? export.to(new FileOutputStream(FileDescriptor.out))
              : export.toFile(output);
      LOG.info("Exported {} listens", written);
    }
    return 0;
  }
}
