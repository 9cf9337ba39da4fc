package io.playlog.listen;

/**
 * One listener played one song at one instant.
 *
 * @param name the listener; in form NFC if a message was read, as are all texts
 * @param song the song's name, whether the catalogue knows it or not
 * @param eventTimestamp milliseconds since the epoch
 * @param details what the message says besides
 */
public record Listen(String name, String song, long eventTimestamp, Details details) {
  /** One of which no more is known. */
  public Listen(String name, String song, long eventTimestamp) {
    this(name, song, eventTimestamp, Details.NONE);
  }

  /**
   * What a message may say of a listen, and need not; null where it does not.
   *
   * @param artist of the song; one, or several joined by ", "
   * @param album that the song was played from
   * @param msPlayed how long it was played, in milliseconds
   * @param source where the listen comes from, such as a player or an import
   */
  public record Details(String artist, String album, Integer msPlayed, String source) {
    public static final Details NONE = new Details(null, null, null, null);
  }
}
