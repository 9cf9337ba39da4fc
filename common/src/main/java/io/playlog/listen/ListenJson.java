package io.playlog.listen;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The listen's wire form: UTF-8 JSON with the fields name, song and event_timestamp. */
public final class ListenJson {
  static final String NAME = "name";
  static final String SONG = "song";
  static final String EVENT_TIMESTAMP = "event_timestamp";

  private static final JsonFactory JSON = new JsonFactory();

  private ListenJson() {}

  /** The form that producers have always sent: the timestamp is a string of milliseconds. */
  public static byte[] toBytes(Listen listen) {
    ByteArrayBuilder bytes = new ByteArrayBuilder(128);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField(NAME, listen.name());
      json.writeStringField(SONG, listen.song());
      json.writeStringField(EVENT_TIMESTAMP, Long.toString(listen.eventTimestamp()));
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
