package io.playlog.producer.importing.formats;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the value that a parser stands on. */
final class JsonValues {
  /** So that sums and differences with times fit a long. */
  private static final Pattern WHOLE = Pattern.compile("(-?[0-9]{1,15})(\\.0+)?");

  /** What {@link #whole} makes of a value that is no whole number. */
  static final long NONE = Long.MIN_VALUE;

  private JsonValues() {}

  /** Null if it is no text. */
  static String text(JsonParser json) throws IOException {
    return json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : null;
  }

  /** The same for a number, too. */
  static String scalar(JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    return token == JsonToken.VALUE_STRING || token.isNumeric() ? json.getText() : null;
  }

  static long whole(JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT
        && json.getNumberType() == NumberType.INT) {
      return json.getIntValue();
    }
    String text = scalar(json);
    if (text == null) {
      return NONE;
    }
    Matcher found = WHOLE.matcher(text);
    return found.matches() ? Long.parseLong(found.group(1)) : NONE;
  }

  static boolean isTrue(JsonParser json) throws IOException {
    return json.currentToken() == JsonToken.VALUE_TRUE || "true".equalsIgnoreCase(text(json));
  }
}
