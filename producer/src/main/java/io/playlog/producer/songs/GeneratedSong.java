package io.playlog.producer.songs;

import java.util.List;

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
}
