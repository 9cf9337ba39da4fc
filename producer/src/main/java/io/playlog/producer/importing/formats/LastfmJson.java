package io.playlog.producer.importing.formats;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.playlog.listen.Listen.Details;
import io.playlog.values.JsonValues;
import java.io.IOException;
import java.util.Set;

/**
 * A scrobble in the pages that Last.fm's interface gives, one page or an array of them. {@code
 * date.uts} is when it began; what is playing now has none.
 */
final class LastfmJson implements JsonLine {
  static final String SOURCE = "lastfm";

  private String began;
  private String song;
  private String artist;
  private String album;

  @Override
  public Set<String> containers() {
    return Set.of("recenttracks", "track");
  }

  @Override
  public void clear() {
    began = null;
    song = null;
    artist = null;
    album = null;
  }

  @Override
  public void field(String name, JsonParser json) throws IOException {
    switch (name) {
      case "name" -> song = JsonValues.text(json);
      case "artist" -> artist = name(json);
      case "album" -> album = name(json);
      case "date" -> began = inner(json, "uts", "uts");
      default -> {}
    }
  }

  private static String name(JsonParser json) throws IOException {
    return json.currentToken() == JsonToken.VALUE_STRING
        ? json.getText()
        : inner(json, "#text", "name");
  }

  /** Of an object, the one field or else the other. */
  private static String inner(JsonParser json, String first, String second) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      return null;
    }
    String found = null;
    String instead = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals(first)) {
        found = JsonValues.scalar(json);
      } else if (name.equals(second)) {
        instead = JsonValues.scalar(json);
      }
      json.skipChildren();
    }
    return found == null ? instead : found;
  }

  @Override
  public boolean isOne() {
    return began != null || song != null;
  }

  @Override
  public Play play() throws UnreadableException {
    if (began == null) {
      throw Times.missing();
    }
    return Play.ofListen(song, Times.seconds(began), new Details(artist, album, null, SOURCE));
  }
}
