package io.playlog.producer.importing.formats;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.playlog.listen.Listen.Details;
import java.io.IOException;
import java.util.Set;

/**
 * A listen as ListenBrainz exports it, and Playlog, too: {@code listened_at} is when it began, in
 * seconds. In {@code additional_info} Playlog's own say the millisecond ({@code event_timestamp})
 * and where they came from first ({@code source}), so that they become the rows that they were.
 */
final class ListenBrainz implements JsonLine {
  private static final String SOURCE = "listenbrainz";
  private static final String PLAYLOG = "Playlog";

  /** A day: nobody listens to a song for longer, and messages do not say so. */
  private static final int MAX_PLAYED_MS = 86_400_000;

  private String listenedAt;
  private boolean hasTrack;
  private String song;
  private String artist;
  private String album;
  private long msPlayed;
  private String secondsPlayed;
  private String client;
  private long eventTimestamp;
  private String source;

  @Override
  public Set<String> containers() {
    return Set.of("payload", "listens");
  }

  @Override
  public void clear() {
    listenedAt = null;
    hasTrack = false;
    song = null;
    artist = null;
    album = null;
    msPlayed = JsonValues.NONE;
    secondsPlayed = null;
    client = null;
    eventTimestamp = JsonValues.NONE;
    source = null;
  }

  @Override
  public void field(String name, JsonParser json) throws IOException {
    if (name.equals("listened_at")) {
      listenedAt = JsonValues.scalar(json);
    } else if (name.equals("track_metadata") && json.currentToken() == JsonToken.START_OBJECT) {
      hasTrack = true;
      readTrack(json);
    }
  }

  private void readTrack(JsonParser json) throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "track_name" -> song = JsonValues.text(json);
        case "artist_name" -> artist = JsonValues.text(json);
        case "release_name" -> album = JsonValues.text(json);
        case "additional_info" -> {
          if (value == JsonToken.START_OBJECT) {
            readMore(json);
          }
        }
        default -> {}
      }
      json.skipChildren();
    }
  }

  private void readMore(JsonParser json) throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "ms_played" -> msPlayed = JsonValues.whole(json);
        case "duration_played" -> secondsPlayed = JsonValues.scalar(json);
        case "submission_client" -> client = JsonValues.text(json);
        case "event_timestamp" -> eventTimestamp = JsonValues.whole(json);
        case "source" -> source = JsonValues.text(json);
        default -> {}
      }
      json.skipChildren();
    }
  }

  @Override
  public boolean isOne() {
    return listenedAt != null || hasTrack;
  }

  @Override
  public Play play() throws UnreadableException {
    if (listenedAt == null) {
      throw Times.missing();
    }
    boolean isOurs = PLAYLOG.equals(client);
    long start = Times.seconds(listenedAt);
    if (isOurs && Math.floorDiv(eventTimestamp, 1000) == Math.floorDiv(start, 1000)) {
      start = eventTimestamp;
    }
    return Play.ofListen(
        song, start, new Details(artist, album, played(), isOurs ? source : SOURCE));
  }

  /** What it says of that is no reason to lose the listen. */
  private Integer played() {
    long played = msPlayed;
    if (played < 0 && secondsPlayed != null) {
      try {
        played = Times.seconds(secondsPlayed);
      } catch (UnreadableException e) {
        return null;
      }
    }
    return played < 0 || played > MAX_PLAYED_MS ? null : (int) played;
  }
}
