package io.playlog.producer.importing.formats;

import com.fasterxml.jackson.core.JsonParser;
import io.playlog.values.JsonValues;
import java.io.IOException;

/**
 * The streaming history in Spotify's account data: a year. {@code endTime} is when it ended, in
 * whole minutes: seconds are left out, so that a start may be up to a minute early.
 */
final class SpotifyAccount extends SpotifyLine {
  SpotifyAccount() {
    super("spotify-account", "found no name of a song");
  }

  @Override
  public void field(String name, JsonParser json) throws IOException {
    switch (name) {
      case "endTime" -> ended = JsonValues.text(json);
      case "msPlayed" -> msPlayed = JsonValues.whole(json);
      case "trackName" -> song = JsonValues.text(json);
      case "artistName" -> artist = JsonValues.text(json);
      case "podcastName", "episodeName" -> ofEpisode(json);
      default -> {
        if (name.startsWith("audiobook")) {
          ofAudiobook(json);
        }
      }
    }
  }

  @Override
  public Play play() throws UnreadableException {
    return play(null, false);
  }
}
