package io.playlog.producer.importing.formats;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.playlog.listen.Listen.Details;
import io.playlog.values.JsonValues;
import java.io.IOException;

/**
 * Spotify's extended streaming history: all that was played since the account is there. {@code ts}
 * is when it ended. {@code skipped} and {@code offline_timestamp} have meant too many things to be
 * looked at.
 */
final class SpotifyExtended implements JsonLine {
  private static final String SOURCE = "spotify-extended";

  /** No field says so: Spotify has them in files of their own, with the same fields. */
  private final boolean areVideos;

  private String ended;
  private long msPlayed;
  private String song;
  private String artist;
  private String album;
  private boolean isEpisode;
  private boolean isAudiobook;
  private boolean isPrivate;

  SpotifyExtended(boolean areVideos) {
    this.areVideos = areVideos;
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
    album = null;
    isEpisode = false;
    isAudiobook = false;
    isPrivate = false;
  }

  @Override
  public void field(String name, JsonParser json) throws IOException {
    switch (name) {
      case "ts" -> ended = JsonValues.text(json);
      case "ms_played" -> msPlayed = JsonValues.whole(json);
      case "master_metadata_track_name" -> song = JsonValues.text(json);
      case "master_metadata_album_artist_name" -> artist = JsonValues.text(json);
      case "master_metadata_album_album_name" -> album = JsonValues.text(json);
      case "episode_name", "episode_show_name", "spotify_episode_uri" ->
          isEpisode |= json.currentToken() != JsonToken.VALUE_NULL;
      case "audiobook_title", "audiobook_uri", "audiobook_chapter_title", "audiobook_chapter_uri" ->
          isAudiobook |= json.currentToken() != JsonToken.VALUE_NULL;
      case "incognito_mode" -> isPrivate = JsonValues.isTrue(json);
      default -> {}
    }
  }

  @Override
  public boolean isOne() {
    return ended != null || msPlayed != JsonValues.NONE;
  }

  @Override
  public Play play() throws UnreadableException {
    if (areVideos) {
      return Play.of(Medium.VIDEO);
    }
    if (song == null && isEpisode) {
      return Play.of(Medium.PODCAST);
    }
    if (song == null && isAudiobook) {
      return Play.of(Medium.AUDIOBOOK);
    }
    if (song == null) {
      throw new UnreadableException("found no name of a song, as of one that has left Spotify");
    }
    if (ended == null) {
      throw Times.missing();
    }
    int played = SpotifyAccount.played(msPlayed);
    Details details = new Details(artist, album, played, SOURCE);
    return new Play(Medium.MUSIC, song, Times.iso(ended) - played, details, isPrivate, true);
  }
}
