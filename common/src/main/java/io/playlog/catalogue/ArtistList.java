package io.playlog.catalogue;

/** Artists as a catalogue writes them: one text, joined by ", ". */
public final class ArtistList {
  private static final String SEPARATOR = ", ";

  private ArtistList() {}

  /**
   * Whether an artist is among others. An artist's name may hold the separator itself, so that any
   * neighbours count as one, too: "Tyler, The Creator" is in "Kali Uchis, Tyler, The Creator".
   *
   * @param artists in the form of {@code artist}: both folded, or none
   */
  public static boolean contains(String artists, String artist) {
    int from = 0;
    while (true) {
      if (artists.startsWith(artist, from)) {
        int to = from + artist.length();
        if (to == artists.length() || artists.startsWith(SEPARATOR, to)) {
          return true;
        }
      }
      int separator = artists.indexOf(SEPARATOR, from);
      if (separator < 0) {
        return false;
      }
      from = separator + SEPARATOR.length();
    }
  }
}
