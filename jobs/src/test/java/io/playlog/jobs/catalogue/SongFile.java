package io.playlog.jobs.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Small catalogues for tests. */
public final class SongFile {
  private static final String HEADER =
      "name,artists,duration_ms,album_name,album_release_date,danceability,energy,key,loudness,"
          + "mode,speechiness,acousticness,instrumentalness,liveness,valence,tempo\n";

  private SongFile() {}

  /** A catalogue with these songs, all of the same duration. */
  public static String csv(int durationMs, String... songs) {
    StringBuilder text = new StringBuilder(HEADER);
    for (String song : songs) {
      text.append(
          "%s,Artist,%d,,,0.5,0.5,1,-6.5,1,0.5,0.5,0.5,0.5,0.5,120\n".formatted(song, durationMs));
    }
    return text.toString();
  }

  /** Puts a whole file in the place of another. */
  public static void replace(Path file, String text) throws IOException {
    Path whole = Files.writeString(file.resolveSibling("new.csv"), text);
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Makes a file that blocks whoever reads it until something is written to it. Its time is old, so
   * that being written to changes it.
   */
  public static void replaceByPipe(Path file) throws IOException, InterruptedException {
    Path pipe = file.resolveSibling("pipe.csv");
    String makePipe = "mkfifo \"$0\" && touch -t 200001010000 \"$0\"";
    int exit =
        new ProcessBuilder("sh", "-c", makePipe, pipe.toString()).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IOException("making a pipe ended with " + exit);
    }
    Files.move(pipe, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
