package io.playlog.listen;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.playlog.listen.Listen.Details;
import io.playlog.names.Names;
import java.io.IOException;

/**
 * The fields of a message as they were found: the three of every listen, and what it may have
 * besides; a repeated field counts with its last value.
 */
final class ListenFields {
  /** In Unicode code points of form NFC. */
  static final int MAX_LENGTH = 1024;

  private static final long EARLIEST = ListenParser.EARLIEST.toEpochMilli();
  private static final long RECORD_END = ListenParser.RECORD_END.toEpochMilli();

  private JsonToken nameType = JsonToken.VALUE_NULL;
  private JsonToken songType = JsonToken.VALUE_NULL;
  private JsonToken timestampType = JsonToken.VALUE_NULL;
  private String name;
  private String song;
  private String timestamp;

  /** Null if there are none, as in most messages. */
  private DetailFields details;

  /** Reads up to the object's end; the parser stands on its start. */
  void read(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken type = json.nextToken();
      switch (field) {
        case ListenJson.NAME -> {
          nameType = type;
          name = json.getText();
        }
        case ListenJson.SONG -> {
          songType = type;
          song = json.getText();
        }
        case ListenJson.EVENT_TIMESTAMP -> {
          timestampType = type;
          timestamp = json.getText();
        }
        case ListenJson.ARTIST, ListenJson.ALBUM, ListenJson.MS_PLAYED, ListenJson.SOURCE -> {
          if (details == null) {
            details = new DetailFields();
          }
          details.put(field, type, json.getText());
        }
        default -> {}
      }
      json.skipChildren();
    }
  }

  Listen check(long recordTimestamp) throws RejectedException {
    String storedName =
        checkText(
            nameType,
            name,
            RejectReason.NAME_MISSING,
            RejectReason.NAME_NOT_TEXT,
            RejectReason.NAME_BLANK,
            RejectReason.NAME_TOO_LONG);
    String storedSong =
        checkText(
            songType,
            song,
            RejectReason.SONG_MISSING,
            RejectReason.SONG_NOT_TEXT,
            RejectReason.SONG_BLANK,
            RejectReason.SONG_TOO_LONG);
    Details known = details == null ? Details.NONE : details.check();
    return new Listen(storedName, storedSong, checkTimestamp(recordTimestamp), known);
  }

  /** As it is stored. */
  private static String checkText(
      JsonToken type,
      String text,
      RejectReason missing,
      RejectReason notText,
      RejectReason blank,
      RejectReason tooLong)
      throws RejectedException {
    if (type == JsonToken.VALUE_NULL) {
      throw new RejectedException(missing);
    }
    if (!FieldText.isText(type, text)) {
      throw new RejectedException(notText);
    }
    if (Names.isBlank(text)) {
      throw new RejectedException(blank);
    }
    return FieldText.fitting(text, MAX_LENGTH, tooLong);
  }

  private long checkTimestamp(long recordTimestamp) throws RejectedException {
    if (timestampType == JsonToken.VALUE_NULL) {
      throw new RejectedException(RejectReason.TIMESTAMP_MISSING);
    }
    if (!FieldText.isInteger(timestampType, timestamp)) {
      throw new RejectedException(RejectReason.TIMESTAMP_NOT_A_NUMBER);
    }
    long milliseconds = Long.parseLong(timestamp);
    if (milliseconds < EARLIEST) {
      throw new RejectedException(RejectReason.TIMESTAMP_TOO_EARLY);
    }
    if (recordTimestamp < EARLIEST || recordTimestamp >= RECORD_END) {
      throw new RejectedException(RejectReason.RECORD_TIMESTAMP_IMPLAUSIBLE);
    }
    if (milliseconds > recordTimestamp + ListenParser.MAX_AHEAD.toMillis()) {
      throw new RejectedException(RejectReason.TIMESTAMP_IN_THE_FUTURE);
    }
    return milliseconds;
  }
}
