package io.playlog.listen;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.playlog.listen.Listen.Details;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The listen's wire form: UTF-8 JSON with the fields name, song and event_timestamp, and those of
 * artist, album, ms_played and source that are known.
 */
public final class ListenJson {
  static final String NAME = "name";
  static final String SONG = "song";
  static final String EVENT_TIMESTAMP = "event_timestamp";
  static final String ARTIST = "artist";
  static final String ALBUM = "album";
  static final String MS_PLAYED = "ms_played";
  static final String SOURCE = "source";

  private static final byte[] BEFORE_NAME = ascii("{\"" + NAME + "\":\"");
  private static final byte[] BEFORE_SONG = ascii("\",\"" + SONG + "\":\"");
  private static final byte[] BEFORE_TIMESTAMP = ascii("\",\"" + EVENT_TIMESTAMP + "\":\"");
  private static final byte[] END = ascii("\"}");

  private ListenJson() {}

  /** The form that producers have always sent: the timestamp is a string of milliseconds. */
  public static byte[] toBytes(Listen listen) {
    byte[] json = toBytes(escape(listen.name()), escape(listen.song()), listen.eventTimestamp());
    return listen.details().equals(Details.NONE) ? json : withDetails(json, listen.details());
  }

  private static byte[] withDetails(byte[] json, Details details) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(2 * json.length);
    out.write(json, 0, json.length - 1);
    writeText(out, ARTIST, details.artist());
    writeText(out, ALBUM, details.album());
    if (details.msPlayed() != null) {
      out.writeBytes(ascii(",\"" + MS_PLAYED + "\":" + details.msPlayed()));
    }
    writeText(out, SOURCE, details.source());
    out.write('}');
    return out.toByteArray();
  }

  private static void writeText(ByteArrayOutputStream out, String field, String text) {
    if (text != null) {
      out.writeBytes(ascii(",\"" + field + "\":\""));
      out.writeBytes(escape(text));
      out.write('"');
    }
  }

  /**
   * The same without details, for names and songs that are sent again and again.
   *
   * @param name from {@link #escape}, as is {@code song}
   * @param eventTimestamp milliseconds since the epoch
   */
  public static byte[] toBytes(byte[] name, byte[] song, long eventTimestamp) {
    byte[] timestamp = ascii(Long.toString(eventTimestamp));
    int fixed = BEFORE_NAME.length + BEFORE_SONG.length + BEFORE_TIMESTAMP.length + END.length;
    return ByteBuffer.allocate(fixed + name.length + song.length + timestamp.length)
        .put(BEFORE_NAME)
        .put(name)
        .put(BEFORE_SONG)
        .put(song)
        .put(BEFORE_TIMESTAMP)
        .put(timestamp)
        .put(END)
        .array();
  }

  /**
   * A text as it stands between the quotes of a JSON string, in UTF-8.
   *
   * @throws IllegalArgumentException if it holds half a character, which has no UTF-8 form
   */
  public static byte[] escape(String text) {
    return JsonStringEncoder.getInstance().quoteAsUTF8(text);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
