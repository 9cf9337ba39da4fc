package io.playlog.jobs.rematch;

import io.playlog.catalogue.Catalogue;
import io.playlog.cli.InstantConverter;
import io.playlog.cli.Program;
import io.playlog.cli.TimeRange;
import io.playlog.config.PlaylogConfig;
import io.playlog.jobs.context.JobContext;
import io.playlog.listen.Hour;
import io.playlog.store.Songs;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Fills in the features of listens that are stored without. */
@Command(
    name = "rematch",
    mixinStandardHelpOptions = true,
    description =
        "Adds the features of songs that the catalogue knows by now to listens stored without, and"
            + " makes their hours due. Listens that have features keep them.")
public final class RematchCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RematchCommand.class);

  @Spec private CommandSpec spec;

  @ParentCommand private Program program;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "TIME",
      converter = InstantConverter.class,
      description = "Event time of the first listens, such as 2026-11-22T13:00Z.")
  private Instant from;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "TIME",
      converter = InstantConverter.class,
      description = "Event time before which the last listens are.")
  private Instant to;

  private Hour firstDue;
  private Hour lastDue;
  private int countDue;

  @Override
  public Integer call() throws InterruptedException {
    TimeRange time = TimeRange.check(spec, from, to);
    PlaylogConfig config = program.loadConfig();
    Catalogue catalogue = Catalogue.read(config.catalogue().path());
    LOG.info("Catalogue {}: {}", config.catalogue().path(), catalogue.summary());
    catalogue.warnings().forEach(LOG::warn);
    try (JobContext job = JobContext.open("rematch", config)) {
      Rematch.Matches found =
          new Rematch(job, new Songs(catalogue.songs())).run(time, this::madeDue);
      spec.commandLine()
          .getOut()
          .printf(
              "unmatched %d, matched now %d (folded %d), still unmatched %d, hours made due %s%n",
              found.unmatched(),
              found.matched(),
              found.folded(),
              found.unmatched() - found.matched(),
              due())
          .flush();
    }
    return 0;
  }

  /** Hours come oldest first. */
  private void madeDue(Hour hour) {
    firstDue = countDue == 0 ? hour : firstDue;
    lastDue = hour;
    countDue++;
  }

  private String due() {
    return switch (countDue) {
      case 0 -> "0";
      case 1 -> "1 (" + firstDue + ")";
      default -> "%d (the first %s, the last %s)".formatted(countDue, firstDue, lastDue);
    };
  }
}
