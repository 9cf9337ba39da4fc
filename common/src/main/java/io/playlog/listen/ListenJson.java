package io.playlog.listen;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The listen's wire form: UTF-8 JSON with the fields name, song and event_timestamp. */
public final class ListenJson {
  static final String NAME = "name";
  static final String SONG = "song";
  static final String EVENT_TIMESTAMP = "event_timestamp";

  private static final byte[] BEFORE_NAME = ascii("{\"" + NAME + "\":\"");
  private static final byte[] BEFORE_SONG = ascii("\",\"" + SONG + "\":\"");
  private static final byte[] BEFORE_TIMESTAMP = ascii("\",\"" + EVENT_TIMESTAMP + "\":\"");
  private static final byte[] END = ascii("\"}");

  private ListenJson() {}

  /** The form that producers have always sent: the timestamp is a string of milliseconds. */
  public static byte[] toBytes(Listen listen) {
    return toBytes(escape(listen.name()), escape(listen.song()), listen.eventTimestamp());
  }

  /**
   * The same, for names and songs that are sent again and again.
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
