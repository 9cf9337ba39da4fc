package io.playlog.producer.songs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes {@code data/spotify-songs.csv}. */
@Command(
    name = "generate-catalogue",
    mixinStandardHelpOptions = true,
    description = {
      "Makes up a catalogue of songs.",
      "The same numbers give the same file; data/spotify-songs.csv is that of the defaults."
    })
public final class GenerateCatalogueCommand implements Callable<Integer> {
  static final int SONGS = 6000;
  static final long SEED = 1;

  @Spec private CommandSpec spec;

  @Option(names = "--output", required = true, paramLabel = "F", description = "File to write.")
  private Path output;

  @Option(
      names = "--songs",
      defaultValue = "" + SONGS,
      paramLabel = "N",
      description = "Number of songs (default: ${DEFAULT-VALUE}).")
  private int songs;

  @Option(
      names = "--seed",
      defaultValue = "" + SEED,
      paramLabel = "N",
      description = "Other seeds give other songs (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() {
    try {
      SongFile.write(new SongMaker(seed).make(songs), output);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), "Cannot write the catalogue: " + e);
    }
    spec.commandLine().getOut().println("wrote " + songs + " songs to " + output);
    return 0;
  }
}
