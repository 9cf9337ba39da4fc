package io.playlog.producer.importing.formats;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.playlog.listen.Listen.Details;
import io.playlog.values.JsonValues;
import java.io.IOException;

/**
 * The streaming history in Spotify's account data: a year. {@code endTime} is when it ended, in
 * whole minutes: seconds are left out, so that a start may be up to a minute early.
 */
final class SpotifyAccount implements JsonLine {
  private static final String SOURCE = "spotify-account";

  private String ended;
  private long msPlayed;
  private String song;
  private String artist;
  private boolean isEpisode;
  private boolean isAudiobook;

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

  @Override
  public void field(String name, JsonParser json) throws IOException {
    switch (name) {
      case "endTime" -> ended = JsonValues.text(json);
      case "msPlayed" -> msPlayed = JsonValues.whole(json);
      case "trackName" -> song = JsonValues.text(json);
      case "artistName" -> artist = JsonValues.text(json);
      case "podcastName", "episodeName" -> isEpisode |= json.currentToken() != JsonToken.VALUE_NULL;
      default -> {
        if (name.startsWith("audiobook")) {
          isAudiobook |= json.currentToken() != JsonToken.VALUE_NULL;
        }
      }
    }
  }

  @Override
  public boolean isOne() {
    return ended != null || msPlayed != JsonValues.NONE;
  }

  @Override
  public Play play() throws UnreadableException {
    if (song == null && isEpisode) {
      return Play.of(Medium.PODCAST);
    }
    if (song == null && isAudiobook) {
      return Play.of(Medium.AUDIOBOOK);
    }
    if (song == null) {
      throw new UnreadableException("found no name of a song");
    }
    if (ended == null) {
      throw Times.missing();
    }
    int played = played(msPlayed);
    Details details = new Details(artist, null, played, SOURCE);
    return new Play(Medium.MUSIC, song, Times.iso(ended) - played, details, false, true);
  }

  /** Without it nobody knows when it began. */
  static int played(long milliseconds) throws UnreadableException {
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
