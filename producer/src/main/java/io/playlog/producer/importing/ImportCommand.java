package io.playlog.producer.importing;

import io.playlog.cli.ListenerName;
import io.playlog.cli.Program;
import io.playlog.error.ErrorCode;
import io.playlog.error.PlaylogException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Imports a listening history that somebody has downloaded. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Sends the listens of downloaded histories to Kafka: of Spotify (extended streaming history, account data), Last.fm (JSON or CSV), ListenBrainz and Playlog. What a file is, is told by its content.",
      "A listen has the time at which the song began. Podcasts, audiobooks and videos are never sent, nor is anything about the person: address, country, devices, user name.",
      "It can be run again, also with downloads that overlap: a listen that is there stays one. Spotify's account data has whole minutes: two plays of a song within one are two listens if they were played for different times.",
      "Its last line accounts for each line that was read:",
      "  in = sent + not sent + repeated + shorter than 30 s + private + podcasts + audiobooks + videos + unreadable",
      "(what there is none of is left out; repeated: the same song at the same time in another line; not sent: Kafka has not acknowledged it)."
    })
public final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ParentCommand private Program program;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "Files, folders and zips, as they were downloaded.")
  private List<Path> paths;

  @Option(
      names = "--listener",
      required = true,
      paramLabel = "NAME",
      description = "Whose history it is.")
  private String listener;

  @Option(
      names = "--min-played",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = MinPlayedConverter.class,
      description =
          "Leave out what was played for less (default: ${DEFAULT-VALUE}), as 500ms, 30s or 2m. Only of"
              + " Spotify, whose files have all that was skipped, too; the others have nothing but listens.")
  private Duration minPlayed;

  @Option(
      names = "--private",
      paramLabel = "keep|drop",
      defaultValue = "drop",
      description =
          "Plays of Spotify's private sessions (default: drop: what was hidden from others is not put"
              + " where others may see it unless you say so).")
  private PrivateSessions privateSessions;

  @Option(names = "--dry-run", description = "Read and account for all, and send nothing.")
  private boolean dryRun;

  @Option(
      names = "--list",
      description =
          "Print each line that is not sent, with file and position, as KIND: FILE, item N, while"
              + " the files are read.")
  private boolean list;

  @Option(names = "--json", description = "Print one JSON object instead: account, list and files.")
  private boolean json;

  private enum PrivateSessions {
    KEEP,
    DROP
  }

  @Override
  public Integer call() {
    String name = ListenerName.check(spec, listener);
    requireAllThere();
    boolean keepsPrivate = privateSessions == PrivateSessions.KEEP;
    ImportPlan plan = new ImportPlan(paths, name, minPlayed, keepsPrivate, dryRun);
    PrintWriter out = spec.commandLine().getOut();
    // A bar would stand in the way of what is printed on the same terminal.
    boolean showsProgress = !(list || json) || System.console() == null;
    Report report = json ? new JsonReport(out) : new TextReport(out, plan.minPlayedText(), list);
    ImportRun run = new ImportRun(plan, report, showsProgress);
    return (dryRun ? run.rehearse() : run.send(program.loadConfig())).code();
  }

  private void requireAllThere() {
    for (Path path : paths) {
      if (Files.notExists(path)) {
        throw new PlaylogException(
            ErrorCode.EXPORT_INCOMPLETE,
            "%s is not there; expected a file, a folder or a zip. Nothing was sent"
                .formatted(path));
      }
    }
  }
}
