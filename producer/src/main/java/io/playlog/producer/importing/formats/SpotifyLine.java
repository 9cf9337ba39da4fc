package io.playlog.producer.importing.formats;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.playlog.listen.Listen.Details;
import io.playlog.values.JsonValues;

/**
 * What Spotify's histories say of a play, by whatever names: when it ended, and how long it was.
 */
abstract class SpotifyLine implements JsonLine {
  private final String source;
  private final String nameless;
  protected String ended;
  protected long msPlayed;
  protected String song;
  protected String artist;
  private boolean isEpisode;
  private boolean isAudiobook;

  /**
   * @param nameless what is said of a line without the name of a song
   */
  SpotifyLine(String source, String nameless) {
    this.source = source;
    this.nameless = nameless;
  }

  @Override
  public boolean hasObjects() {
    return false;
  }

  @Override
  public void clear() {
    ended = null;
    msPlayed = JsonValues.NONE;
    song = null;
    artist = null;
    isEpisode = false;
    isAudiobook = false;
  }

  /** A field of podcasts: music has null there, or no such field. */
  protected final void ofEpisode(JsonParser json) {
    isEpisode |= json.currentToken() != JsonToken.VALUE_NULL;
  }

  /** A field of audiobooks. */
  protected final void ofAudiobook(JsonParser json) {
    isAudiobook |= json.currentToken() != JsonToken.VALUE_NULL;
  }

  @Override
  public boolean isOne() {
    return ended != null || msPlayed != JsonValues.NONE;
  }

  protected final Play play(String album, boolean isPrivate) throws UnreadableException {
    if (song == null && isEpisode) {
      return Play.of(Medium.PODCAST);
    }
    if (song == null && isAudiobook) {
      return Play.of(Medium.AUDIOBOOK);
    }
    if (song == null) {
      throw new UnreadableException(nameless);
    }
    if (ended == null) {
      throw Times.missing();
    }
    int played = played(msPlayed);
    Details details = new Details(artist, album, played, source);
    return new Play(Medium.MUSIC, song, Times.iso(ended) - played, details, isPrivate, true);
  }

  /** Without it nobody knows when it began. */
  private static int played(long milliseconds) throws UnreadableException {
    if (milliseconds == JsonValues.NONE) {
      throw new UnreadableException("found no time played, in milliseconds");
    }
    if (milliseconds < 0) {
      throw new UnreadableException("found a negative time played");
    }
    if (milliseconds > Integer.MAX_VALUE) {
      throw new UnreadableException("found a time played of more than 24 days");
    }
    return (int) milliseconds;
  }
}
