package io.playlog.listen;

import java.util.Locale;

/** Why a message is invalid. The code stands in the dead letter's header and is not renamed. */
public enum RejectReason {
  NO_VALUE,
  NOT_UTF8,
  NOT_JSON,
  NOT_AN_OBJECT,
  NAME_MISSING,
  NAME_NOT_TEXT,
  NAME_BLANK,
  NAME_TOO_LONG,
  SONG_MISSING,
  SONG_NOT_TEXT,
  SONG_BLANK,
  SONG_TOO_LONG,
  TIMESTAMP_MISSING,
  TIMESTAMP_NOT_A_NUMBER,
  TIMESTAMP_TOO_EARLY,
  TIMESTAMP_IN_THE_FUTURE,
  ARTIST_NOT_TEXT,
  ARTIST_TOO_LONG,
  ALBUM_NOT_TEXT,
  ALBUM_TOO_LONG,
  MS_PLAYED_NOT_A_NUMBER,
  MS_PLAYED_NEGATIVE,
  MS_PLAYED_TOO_LONG,
  SOURCE_NOT_TEXT,
  SOURCE_TOO_LONG,
  /** That of the message, not of the listen. */
  RECORD_TIMESTAMP_IMPLAUSIBLE;

  /** Such as {@code not-json}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
