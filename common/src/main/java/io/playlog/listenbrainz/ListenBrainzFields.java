package io.playlog.listenbrainz;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.playlog.listen.Listen.Details;
import io.playlog.values.JsonValues;
import io.playlog.values.Seconds;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * The fields of a listen as ListenBrainz has it, and Playlog's export, too: {@code listened_at} is
 * when it began, in seconds. In {@code additional_info} Playlog's own say the millisecond ({@code
 * event_timestamp}) and where they came from first ({@code source}), so that they become the rows
 * that they were.
 *
 * <p>Whoever reads a listen takes it from here, so that a listen that comes twice, by a player and
 * in an export, is the same both times.
 */
public final class ListenBrainzFields {
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

  public ListenBrainzFields() {
    clear();
  }

  /** Forgets the listen before. */
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

  /**
   * Takes up a field. The parser stands on its value, and at the end on that or on its end.
   *
   * @throws IOException of the parser
   */
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

  /** Whether there was any of the fields by which the format is known. */
  public boolean isOne() {
    return listenedAt != null || hasTrack;
  }

  public boolean hasTime() {
    return listenedAt != null;
  }

  /** When it began, in milliseconds since the epoch; empty if that is no time. */
  public OptionalLong start() {
    OptionalLong start = listenedAt == null ? OptionalLong.empty() : Seconds.toMillis(listenedAt);
    return isOurs()
            && start.isPresent()
            && Math.floorDiv(eventTimestamp, 1000) == Math.floorDiv(start.getAsLong(), 1000)
        ? OptionalLong.of(eventTimestamp)
        : start;
  }

  /** Null if there is none. */
  public String song() {
    return song;
  }

  public Details details() {
    return new Details(artist, album, played(), isOurs() ? source : SOURCE);
  }

  private boolean isOurs() {
    return PLAYLOG.equals(client);
  }

  /** What it says of that is no reason to lose the listen. */
  private Integer played() {
    long played = msPlayed;
    if (played < 0 && secondsPlayed != null) {
      played = Seconds.toMillis(secondsPlayed).orElse(JsonValues.NONE);
    }
    return played < 0 || played > MAX_PLAYED_MS ? null : (int) played;
  }
}
