package io.playlog.producer.songs;

import io.playlog.producer.songs.GeneratedSong.Album;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** The artists of one language, and the titles that they give to their songs. */
final class Artists {
  /** A language's artists do not run out of names: its lists make several times as many. */
  private static final int ARTISTS = 40;

  private static final WordLists VARIANTS = WordLists.of("variants");

  private final WordLists words;
  private final List<Artist> artists;

  Artists(WordLists words, Random random) {
    this.words = words;
    Map<String, Artist> drawn = new LinkedHashMap<>();
    while (drawn.size() < ARTISTS) {
      Artist artist = Artist.of(words, random);
      drawn.putIfAbsent(artist.name(), artist);
    }
    artists = List.copyOf(drawn.values());
  }

  String title(Random random) {
    String title = words.make("title", random);
    int kind = random.nextInt(1000);
    if (kind < 80) {
      return VARIANTS.make("version", Map.of("title", title), random);
    } else if (kind < 92) {
      return VARIANTS.make("quoted", Map.of("title", title), random);
    } else if (kind < 102) {
      return VARIANTS.make("emoji", Map.of("title", title), random);
    }
    return title;
  }

  /** A few artists have most of the songs. */
  Artist artist(Random random) {
    double rank = random.nextDouble();
    return artists.get((int) (artists.size() * rank * rank));
  }

  /** The artist alone for two songs in three, else with one to three others. */
  String credits(Artist artist, Random random) {
    Set<Artist> credited = new LinkedHashSet<>(List.of(artist));
    if (random.nextInt(3) == 0) {
      int several = 2 + Math.min(random.nextInt(3), random.nextInt(3));
      while (credited.size() < several) {
        credited.add(artist(random));
      }
    }
    return credited.stream().map(Artist::name).collect(Collectors.joining(", "));
  }

  /** With one to three albums. */
  record Artist(String name, List<Album> albums) {
    static Artist of(WordLists words, Random random) {
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
}
