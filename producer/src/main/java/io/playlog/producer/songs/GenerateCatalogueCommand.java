package io.playlog.producer.songs;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Generates {@code data/spotify-songs.csv}. */
@Command(
    name = "generate-catalogue",
    mixinStandardHelpOptions = true,
    description = {
      "Generates a catalogue of songs.",
      "The same numbers give the same file; data/spotify-songs.csv is that of the defaults."
    })
public final class GenerateCatalogueCommand implements Callable<Integer> {
  static final int SONGS = 6000;
  static final long SEED = 1;

  @Spec private CommandSpec spec;

  @Option(names = "--output", required = true, paramLabel = "FILE", description = "File to write.")
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
      write(new SongGenerator(seed).generate(songs), output);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), "Cannot write the catalogue: " + e);
    }
    spec.commandLine().getOut().println("wrote " + songs + " songs to " + output);
    return 0;
  }

  /** The catalogue's CSV: UTF-8, LF, every field quoted. */
  static void write(List<GeneratedSong> songs, Path file) throws IOException {
    try (CsvWriter csv =
        CsvWriter.builder()
            .quoteStrategy(QuoteStrategies.ALWAYS)
            .lineDelimiter(LineDelimiter.LF)
            .build(file)) {
      csv.writeRecord(GeneratedSong.HEADER);
      songs.forEach(song -> csv.writeRecord(song.fields()));
    }
  }
}
