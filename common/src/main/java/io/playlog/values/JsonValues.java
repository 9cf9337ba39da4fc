package io.playlog.values;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the value that a parser stands on. */
public final class JsonValues {
  /** So that sums and differences with times fit a long. */
  private static final Pattern WHOLE = Pattern.compile("(-?[0-9]{1,15})(\\.0+)?");

  /** What {@link #whole} makes of a value that is no whole number. */
  public static final long NONE = Long.MIN_VALUE;

  private JsonValues() {}

  /** Null if it is no text. */
  public static String text(JsonParser json) throws IOException {
    return json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : null;
  }

  /** The same for a number, too. */
  public static String scalar(JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    return token == JsonToken.VALUE_STRING || token.isNumeric() ? json.getText() : null;
  }

  public static long whole(JsonParser json) throws IOException {
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

  public static boolean isTrue(JsonParser json) throws IOException {
    return json.currentToken() == JsonToken.VALUE_TRUE || "true".equalsIgnoreCase(text(json));
  }
}
