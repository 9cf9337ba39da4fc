package io.playlog.producer.importing.formats;

import com.fasterxml.jackson.core.JsonParser;
import io.playlog.values.JsonValues;
import java.io.IOException;

/**
 * Spotify's extended streaming history: all that was played since the account is there. {@code ts}
 * is when it ended. {@code skipped} and {@code offline_timestamp} have meant too many things to be
 * looked at.
 */
final class SpotifyExtended extends SpotifyLine {
  /** No field says so: Spotify has them in files of their own, with the same fields. */
  private final boolean areVideos;

  private String album;
  private boolean isPrivate;

  SpotifyExtended(boolean areVideos) {
    super("spotify-extended", "found no name of a song, as of one that has left Spotify");
    this.areVideos = areVideos;
  }

  @Override
  public void clear() {
    super.clear();
    album = null;
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
      case "episode_name", "episode_show_name", "spotify_episode_uri" -> ofEpisode(json);
      case "audiobook_title", "audiobook_uri", "audiobook_chapter_title", "audiobook_chapter_uri" ->
          ofAudiobook(json);
      case "incognito_mode" -> isPrivate = JsonValues.isTrue(json);
      default -> {}
    }
  }

  @Override
  public Play play() throws UnreadableException {
    return areVideos ? Play.of(Medium.VIDEO) : play(album, isPrivate);
  }
}
