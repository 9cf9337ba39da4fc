package io.playlog.producer.songs;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;

/** A row of the generated catalogue, each number as the text that the file has. */
record GeneratedSong(String name, String artists, Album album, Features features) {
  /** The public data set's columns. */
  static final List<String> HEADER =
      List.of(
          "name",
          "artists",
          "duration_ms",
          "album_name",
          "album_release_date",
          "danceability",
          "energy",
          "key",
          "loudness",
          "mode",
          "speechiness",
          "acousticness",
          "instrumentalness",
          "liveness",
          "valence",
          "tempo");

  GeneratedSong withAlbum(Album other) {
    return new GeneratedSong(name, artists, other, features);
  }

  List<String> fields() {
    return List.of(
        name,
        artists,
        features.durationMs(),
        album.name(),
        album.releaseDate(),
        features.danceability(),
        features.energy(),
        features.key(),
        features.loudness(),
        features.mode(),
        features.speechiness(),
        features.acousticness(),
        features.instrumentalness(),
        features.liveness(),
        features.valence(),
        features.tempo());
  }

  /** An album, or a single. */
  record Album(String name, String releaseDate) {
    /** Real catalogues have a few songs without an album, a date or both. */
    static final String NONE = "";

    private static final LocalDate FIRST = LocalDate.of(1972, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2026, 9, 30);

    /** Half of all songs are from the last seven years or so. */
    static Album released(String name, Random random) {
      double age = random.nextDouble();
      long daysOld = (long) ((LAST.toEpochDay() - FIRST.toEpochDay()) * age * age * age);
      return new Album(name, LAST.minusDays(daysOld).toString());
    }
  }
}
