package io.playlog.names;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.text.Normalizer;

/**
 * What holds for the names of listeners, songs, artists and albums alike, in messages and in the
 * catalogue.
 */
public final class Names {
  /** Characters before it are in form NFC, alone and beside each other. */
  private static final char FIRST_NOT_NFC = '\u0300';

  private Names() {}

  /** In quotes, as JSON writes it: a name may hold anything, line ends too. */
  public static String quote(String name) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(name)) + '"';
  }

  /** Whether nothing of it can be seen. */
  public static boolean isBlank(String name) {
    for (int i = 0; i < name.length(); ) {
      int character = name.codePointAt(i);
      if (!InvisibleCharacters.contains(character)) {
        return false;
      }
      i += Character.charCount(character);
    }
    return true;
  }

  /**
   * In Unicode's form NFC, in which names are stored and compared: an accent may be a character of
   * its own or part of its letter, and looks the same. Most names are returned as they are, at the
   * price of a look at their characters.
   */
  public static String toNfc(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= FIRST_NOT_NFC) {
        return Normalizer.isNormalized(name, Normalizer.Form.NFC)
            ? name
            : Normalizer.normalize(name, Normalizer.Form.NFC);
      }
    }
    return name;
  }
}
