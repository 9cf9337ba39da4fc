package io.playlog.producer.songs;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

record Artist(String name, List<Album> albums) {
  static Artist of(Words words, Random random) {
    String name = words.make("artist", random);
    List<Album> albums = new ArrayList<>();
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      albums.add(Album.released(words.make("album", random), random));
    }
    return new Artist(name, albums);
  }

  /** One of the artist's albums, or a single that is named like its song. */
  Album album(String title, Random random) {
    return random.nextInt(5) < 2
        ? Album.released(title, random)
        : albums.get(random.nextInt(albums.size()));
  }
}
