package io.playlog.listen;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.playlog.names.Names;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * The three fields of a message as they were found; a repeated field counts with its last value.
 */
final class ListenFields {
  /** In Unicode code points, of the text as it came: in form NFC it may have a few more. */
  private static final int MAX_LENGTH = 1024;

  private static final long EARLIEST = ListenParser.EARLIEST.toEpochMilli();
  private static final long RECORD_END = ListenParser.RECORD_END.toEpochMilli();

  /** At most 18 digits, so that it fits a long. */
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");

  private JsonToken nameType = JsonToken.VALUE_NULL;
  private JsonToken songType = JsonToken.VALUE_NULL;
  private JsonToken timestampType = JsonToken.VALUE_NULL;
  private String name;
  private String song;
  private String timestamp;

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
        default -> {}
      }
      json.skipChildren();
    }
  }

  Listen check(long recordTimestamp) throws RejectedException {
    checkText(
        nameType,
        name,
        RejectReason.NAME_MISSING,
        RejectReason.NAME_NOT_TEXT,
        RejectReason.NAME_BLANK,
        RejectReason.NAME_TOO_LONG);
    checkText(
        songType,
        song,
        RejectReason.SONG_MISSING,
        RejectReason.SONG_NOT_TEXT,
        RejectReason.SONG_BLANK,
        RejectReason.SONG_TOO_LONG);
    return new Listen(Names.toNfc(name), Names.toNfc(song), checkTimestamp(recordTimestamp));
  }

  private static void checkText(
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
    if (type != JsonToken.VALUE_STRING || hasLoneSurrogate(text)) {
      throw new RejectedException(notText);
    }
    if (Names.isBlank(text)) {
      throw new RejectedException(blank);
    }
    if (text.length() > MAX_LENGTH && text.codePointCount(0, text.length()) > MAX_LENGTH) {
      throw new RejectedException(tooLong);
    }
  }

  /**
   * Half a character, from an escape such as \ud800: it has no UTF-8 form, so it cannot be stored.
   */
  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private long checkTimestamp(long recordTimestamp) throws RejectedException {
    if (timestampType == JsonToken.VALUE_NULL) {
      throw new RejectedException(RejectReason.TIMESTAMP_MISSING);
    }
    boolean number =
        timestampType == JsonToken.VALUE_STRING || timestampType == JsonToken.VALUE_NUMBER_INT;
    if (!number || !INTEGER.matcher(timestamp).matches()) {
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
