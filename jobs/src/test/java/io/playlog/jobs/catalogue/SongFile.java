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
      text.append(row(song, "Artist", durationMs, ""));
    }
    return text.toString();
  }

  /** A line of a catalogue. */
  public static String row(String song, String artists, int durationMs, String album) {
    return "%s,\"%s\",%d,%s,,0.5,0.5,1,-6.5,1,0.5,0.5,0.5,0.5,0.5,120\n"
        .formatted(song, artists, durationMs, album);
  }

  /** Puts a whole file in the place of another. */
  public static void replace(Path file, String text) throws IOException {
    Path whole = Files.writeString(file.resolveSibling("new.csv"), text);
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
