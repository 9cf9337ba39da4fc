package io.playlog.jobs.export;

import io.playlog.cli.InstantConverter;
import io.playlog.cli.Program;
import io.playlog.cli.TimeRange;
import io.playlog.config.PlaylogConfig;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import io.playlog.jobs.context.JobContext;
import io.playlog.listen.ListenParser;
import io.playlog.names.Names;
import io.playlog.progress.Progress;
import io.playlog.progress.Work;
import io.playlog.store.Records;
import io.playlog.store.Records.Told;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
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

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = InstantConverter.class,
      description =
          "Only listens of this time (event time) or a later one, such as 2026-11-22T13:00Z.")
  private Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = InstantConverter.class,
      description = "Only listens before this time.")
  private Instant to;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "The file, which is there when it is whole and replaces an older one (default: standard"
              + " output).")
  private Path output;

  @Override
  public Integer call() throws InterruptedException, IOException {
    TimeRange time = TimeRange.check(spec, from, to);
    PlaylogConfig config = program.loadConfig();
    try (JobContext job = JobContext.open("export", config)) {
      Iterable<Told> listens =
          new Records(job.session())
              .readTold(
                  Names.toNfc(listener),
                  time.from() == null ? ListenParser.EARLIEST : time.from(),
                  time.to() == null ? ListenParser.RECORD_END : time.to());
      long written = output == null ? toStandardOutput(listens) : toFile(listens);
      LOG.info("Exported {} listens of {}", written, listener);
    }
    return 0;
  }

  private long toStandardOutput(Iterable<Told> listens) throws IOException {
    return write(listens, spec.commandLine().getOut());
  }

  private long toFile(Iterable<Told> listens) throws IOException {
    Path part = output.resolveSibling(output.getFileName() + ".part");
    BufferedWriter out;
    try {
      out = Files.newBufferedWriter(part);
    } catch (IOException e) {
      throw new PlaylogException(
          ErrorCode.BAD_SETTINGS,
          "--output: found %s, which cannot be written (%s), expected a file in a folder of yours"
              .formatted(output, e),
          e);
    }
    long written = write(listens, out);
    Files.move(part, output, StandardCopyOption.REPLACE_EXISTING);
    return written;
  }

  private static long write(Iterable<Told> listens, Writer out) throws IOException {
    AtomicLong written = new AtomicLong();
    try (ListenBrainzWriter writer = new ListenBrainzWriter(out);
        Progress progress = Progress.of(Work.of("exported", "listens", written::get))) {
      for (Told listen : listens) {
        writer.write(listen);
        written.incrementAndGet();
      }
    }
    return written.get();
  }
}
