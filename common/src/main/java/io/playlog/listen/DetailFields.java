package io.playlog.listen;

import com.fasterxml.jackson.core.JsonToken;
import io.playlog.listen.Listen.Details;
import io.playlog.names.Names;
import java.time.Duration;

/**
 * The fields that a message may have besides those of every listen, as they were found. Null and a
 * text of which nothing can be seen count as absent: they are how programs write that they do not
 * know, and the listen is worth no less for it.
 */
final class DetailFields {
  /** In Unicode code points of form NFC. */
  private static final int MAX_SOURCE = 64;

  /** Nobody plays one song for longer; a number above it has another unit. */
  private static final long MAX_MS_PLAYED = Duration.ofDays(1).toMillis();

  private JsonToken artistType = JsonToken.VALUE_NULL;
  private JsonToken albumType = JsonToken.VALUE_NULL;
  private JsonToken msPlayedType = JsonToken.VALUE_NULL;
  private JsonToken sourceType = JsonToken.VALUE_NULL;
  private String artist;
  private String album;
  private String msPlayed;
  private String source;

  /** A repeated field counts with its last value. */
  void put(String field, JsonToken type, String text) {
    switch (field) {
      case ListenJson.ARTIST -> {
        artistType = type;
        artist = text;
      }
      case ListenJson.ALBUM -> {
        albumType = type;
        album = text;
      }
      case ListenJson.MS_PLAYED -> {
        msPlayedType = type;
        msPlayed = text;
      }
      case ListenJson.SOURCE -> {
        sourceType = type;
        source = text;
      }
      default -> throw new IllegalArgumentException(field);
    }
  }

  Details check() throws RejectedException {
    Details details =
        new Details(
            checkText(
                artistType,
                artist,
                ListenFields.MAX_LENGTH,
                RejectReason.ARTIST_NOT_TEXT,
                RejectReason.ARTIST_TOO_LONG),
            checkText(
                albumType,
                album,
                ListenFields.MAX_LENGTH,
                RejectReason.ALBUM_NOT_TEXT,
                RejectReason.ALBUM_TOO_LONG),
            checkMsPlayed(),
            checkText(
                sourceType,
                source,
                MAX_SOURCE,
                RejectReason.SOURCE_NOT_TEXT,
                RejectReason.SOURCE_TOO_LONG));
    return details.equals(Details.NONE) ? Details.NONE : details;
  }

  /** Without the texts that are too long for a message. */
  static Details fitting(Details details) {
    return new Details(
        fitting(details.artist(), ListenFields.MAX_LENGTH),
        fitting(details.album(), ListenFields.MAX_LENGTH),
        details.msPlayed(),
        fitting(details.source(), MAX_SOURCE));
  }

  private static String fitting(String text, int most) {
    return text == null ? null : FieldText.fitting(text, most);
  }

  /** In form NFC; null if it is absent. */
  private static String checkText(
      JsonToken type, String text, int most, RejectReason notText, RejectReason tooLong)
      throws RejectedException {
    if (type == JsonToken.VALUE_NULL) {
      return null;
    }
    if (!FieldText.isText(type, text)) {
      throw new RejectedException(notText);
    }
    if (Names.isBlank(text)) {
      return null;
    }
    return FieldText.fitting(text, most, tooLong);
  }

  private Integer checkMsPlayed() throws RejectedException {
    if (msPlayedType == JsonToken.VALUE_NULL
        || msPlayedType == JsonToken.VALUE_STRING && Names.isBlank(msPlayed)) {
      return null;
    }
    if (!FieldText.isInteger(msPlayedType, msPlayed)) {
      throw new RejectedException(RejectReason.MS_PLAYED_NOT_A_NUMBER);
    }
    long milliseconds = Long.parseLong(msPlayed);
    if (milliseconds < 0) {
      throw new RejectedException(RejectReason.MS_PLAYED_NEGATIVE);
    }
    if (milliseconds > MAX_MS_PLAYED) {
      throw new RejectedException(RejectReason.MS_PLAYED_TOO_LONG);
    }
    return (int) milliseconds;
  }
}
