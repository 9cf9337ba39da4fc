package io.playlog.store;

import io.playlog.catalogue.ArtistList;
import io.playlog.catalogue.FoldedNames;
import io.playlog.catalogue.Song;
import io.playlog.names.FoldedName;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The catalogue's songs as the tasks need them, found by their names and artists. */
public final class Songs implements Serializable {
  /** Of nearly all names there is one song. */
  private final HashMap<String, List<SongColumns>> byName = new HashMap<>();

  private final FoldedNames folded;

  /** How a listen's song was found. */
  public enum Match {
    /** Under the very name, and the very artist, that the listen has. */
    EXACT,
    /** Under a name or an artist that differs in case, typography or white space only. */
    FOLDED,
    NONE;

    /**
     * @param exact what {@link Songs#exact} gave
     * @param found the same, or what {@link Songs#folded} gave
     */
    public static Match of(SongColumns exact, SongColumns found) {
      if (exact != null) {
        return EXACT;
      }
      return found == null ? NONE : FOLDED;
    }
  }

  /**
   * @param songs no two with the same name and the same artists
   */
  public Songs(List<Song> songs) {
    Map<ByteBuffer, byte[]> values = new HashMap<>();
    Map<String, String> foldedArtists = new HashMap<>();
    for (Song song : songs) {
      byName
          .computeIfAbsent(song.name(), name -> new ArrayList<>(1))
          .add(SongColumns.of(song, values, foldedArtists));
    }
    folded = new FoldedNames(songs.stream().map(Song::name).distinct().toList());
  }

  /**
   * @param name in form NFC
   * @param artist the same; null if it is not known
   * @return the song of that name and artist, without one the first of that name; null if there is
   *     none
   */
  public SongColumns exact(String name, String artist) {
    List<SongColumns> songs = byName.get(name);
    if (songs == null) {
      return null;
    }
    return artist == null ? songs.get(0) : ofArtist(songs, artist, SongColumns::artists);
  }

  /**
   * To be asked after {@link #exact}: it costs more. Names and artists may differ in case,
   * typography and white space.
   *
   * @param name in form NFC
   * @param artist the same; null if it is not known
   * @return of that very name if there is one, else the first of the catalogue; null if there is
   *     none
   */
  public SongColumns folded(String name, String artist) {
    List<String> names = folded.find(name);
    if (names.isEmpty()) {
      return null;
    }
    if (artist == null) {
      return byName.get(names.get(0)).get(0);
    }
    String foldedArtist = FoldedName.of(artist);
    List<SongColumns> ofName = byName.getOrDefault(name, List.of());
    SongColumns song = ofArtist(ofName, foldedArtist, SongColumns::foldedArtists);
    for (int i = 0; song == null && i < names.size(); i++) {
      song = ofArtist(byName.get(names.get(i)), foldedArtist, SongColumns::foldedArtists);
    }
    return song;
  }

  /** The one that is the artist's alone, else the first that is also the artist's. */
  private static SongColumns ofArtist(
      List<SongColumns> songs, String artist, Function<SongColumns, String> form) {
    SongColumns first = null;
    for (SongColumns song : songs) {
      String artists = form.apply(song);
      if (artists.equals(artist)) {
        return song;
      }
      if (first == null && ArtistList.contains(artists, artist)) {
        first = song;
      }
    }
    return first;
  }

  /** Of each name, in the catalogue's order. */
  public Map<String, List<SongColumns>> byName() {
    return Collections.unmodifiableMap(byName);
  }
}
