package io.playlog.producer.run;

import io.playlog.cli.InstantConverter;
import java.nio.file.Path;
import java.time.Instant;
import picocli.CommandLine.Option;

/** What to send, from the command line; null where nothing is said. */
public final class RunOptions {
  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Listens in all; then the producer ends.")
  Long count;

  @Option(
      names = "--rate",
      paramLabel = "N|max",
      converter = Rate.Converter.class,
      description =
          "Listens per second in all (default: one per listener and playlog.producer.interval;"
              + " max with --from).")
  Rate rate;

  @Option(
      names = "--from",
      paramLabel = "INSTANT",
      converter = InstantConverter.class,
      description =
          "Back-dates the listens, evenly over [--from, --to), such as --from"
              + " 2026-11-22T13:00Z --to 2026-11-22T15:00Z."
              + " Without --count there are as many as a live run has in that time.")
  Instant from;

  @Option(
      names = "--to",
      paramLabel = "INSTANT",
      converter = InstantConverter.class,
      description = "End of the back-dated listens, not in the future.")
  Instant to;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Instead of playlog.producer.seed: other names, songs and order.")
  Long seed;

  @Option(
      names = "--manifest",
      paramLabel = "FILE",
      description = {
        "Writes what became of each listen to a new file, a line per event, separated by tabs:"
            + " sent, acknowledged or failed; event timestamp (ms); name and song as JSON strings.",
        "Killed by SIGKILL, the file lacks the newest lines, and its last one may be cut."
      })
  Path manifest;
}
