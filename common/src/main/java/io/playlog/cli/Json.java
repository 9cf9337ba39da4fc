package io.playlog.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** What commands print for programs. */
public final class Json {
  private Json() {}

  /**
   * One line.
   *
   * @param values texts, numbers, truth values, null, and objects of these
   */
  public static String object(Map<String, ?> values) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      write(json, values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Map<?, ?> values) throws IOException {
    json.writeStartObject();
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      json.writeFieldName(entry.getKey().toString());
      if (entry.getValue() instanceof String text) {
        json.writeString(text);
      } else if (entry.getValue() instanceof Map<?, ?> object) {
        write(json, object);
      } else {
        json.writeRawValue(String.valueOf(entry.getValue()));
      }
    }
    json.writeEndObject();
  }
}
