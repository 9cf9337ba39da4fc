package io.playlog.producer.songs;

import io.playlog.producer.songs.GeneratedSong.Album;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Generates songs; the same seed and number make the same songs. */
final class SongGenerator {
  /** The word lists make several times as many names. */
  static final int MAX_SONGS = 100_000;

  private final Random random;
  private final Map<Language, Artists> artistsOf = new EnumMap<>(Language.class);
  private final Set<String> names = new HashSet<>();

  SongGenerator(long seed) {
    random = new Random(seed);
    for (Language language : Language.values()) {
      artistsOf.put(language, new Artists(language.words(), random));
    }
  }

  /**
   * @throws IllegalArgumentException if that is not a number from 1 to {@link #MAX_SONGS}
   */
  List<GeneratedSong> generate(int number) {
    if (number < 1 || number > MAX_SONGS) {
      throw new IllegalArgumentException(
          "--songs: found %d, expected 1 to %d".formatted(number, MAX_SONGS));
    }
    List<GeneratedSong> songs = new ArrayList<>(number);
    for (int i = 0; i < number; i++) {
      songs.add(song());
    }
    withoutAlbumOrDate(songs);
    return songs;
  }

  private GeneratedSong song() {
    Artists artists;
    String name;
    do {
      artists = artistsOf.get(Language.pick(random));
      name = artists.title(random);
    } while (!names.add(name));
    Artists.Artist artist = artists.artist(random);
    return new GeneratedSong(
        name, artists.credits(artist, random), artist.album(name, random), Features.random(random));
  }

  /** Two songs of 6,000 lack their album, two its date and two both. */
  private static void withoutAlbumOrDate(List<GeneratedSong> songs) {
    for (int i = 0; i < 6 && songs.size() >= 12; i++) {
      int at = songs.size() * (2 * i + 1) / 12;
      Album album = songs.get(at).album();
      String name = i % 3 == 1 ? album.name() : Album.NONE;
      String date = i % 3 == 0 ? album.releaseDate() : Album.NONE;
      songs.set(at, songs.get(at).withAlbum(new Album(name, date)));
    }
  }
}
