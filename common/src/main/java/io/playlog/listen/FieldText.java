package io.playlog.listen;

import com.fasterxml.jackson.core.JsonToken;
import io.playlog.names.Names;
import java.util.regex.Pattern;

/** What a field's value must be like, whichever field it is. */
final class FieldText {
  /** At most 18 digits, so that it fits a long. */
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");

  /** Unicode has no character that is made of more, so a text of more than that does not fit. */
  private static final int MOST_PARTS = 4;

  private FieldText() {}

  /** Whether it is a string that can be stored. */
  static boolean isText(JsonToken type, String text) {
    return type == JsonToken.VALUE_STRING && !hasLoneSurrogate(text);
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

  /**
   * In form NFC, in which a text is stored, and counted: it may have fewer characters than it came
   * with, or more. So what is stored can be sent again.
   *
   * @param most Unicode code points
   * @return null if it has more
   */
  static String fitting(String text, int most) {
    if (isLonger(text, MOST_PARTS * most)) {
      return null;
    }
    String stored = Names.toNfc(text);
    return isLonger(stored, most) ? null : stored;
  }

  /** The same. */
  static String fitting(String text, int most, RejectReason tooLong) throws RejectedException {
    String stored = fitting(text, most);
    if (stored == null) {
      throw new RejectedException(tooLong);
    }
    return stored;
  }

  private static boolean isLonger(String text, int most) {
    return text.length() > most && text.codePointCount(0, text.length()) > most;
  }

  /** Whether it is a whole number that fits a long, written as a string or as a number. */
  static boolean isInteger(JsonToken type, String text) {
    return (type == JsonToken.VALUE_STRING || type == JsonToken.VALUE_NUMBER_INT)
        && INTEGER.matcher(text).matches();
  }
}
