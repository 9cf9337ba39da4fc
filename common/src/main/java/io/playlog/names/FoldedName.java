package io.playlog.names;

import java.util.Locale;

/**
 * The form in which names are compared that are not the same: without differences of case, of
 * typographic quotes and dashes, and of white space.
 *
 * <p>No more than that, since a wrong match is worse than none: accents, punctuation, full-width
 * letters and additions such as "(feat. ...)" tell songs apart.
 *
 * <p>The table {@code listeners} holds it in its key: another form would hide what is stored
 * already.
 */
public final class FoldedName {
  /** What lower case makes of the Turkish capital letter i, a dot above, beside an i. */
  private static final String DOTTED_I = "i\u0307";

  private FoldedName() {}

  /**
   * Names that are folded alike give the same text, which is empty if nothing of them can be seen;
   * never to be shown.
   *
   * @param name in form NFC
   */
  public static String of(String name) {
    String text = withoutCase(name);
    StringBuilder plain = new StringBuilder(text.length());
    boolean space = false;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      if (InvisibleCharacters.contains(character)) {
        space |= InvisibleCharacters.isSpace(character);
        continue;
      }
      if (space && !plain.isEmpty()) {
        plain.append(' ');
      }
      space = false;
      plain.appendCodePoint(withoutTypography(character));
    }
    return Names.toNfc(plain.toString());
  }

  /**
   * By way of upper case, in which the German sharp s is two letters, ligatures are several, and
   * the Turkish i without a dot is an I.
   */
  private static String withoutCase(String name) {
    if (isAscii(name)) {
      return name.toLowerCase(Locale.ROOT);
    }
    String lower = name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    // Its capital form stays one letter in upper case.
    return lower.replace("ß", "ss").replace(DOTTED_I, "i");
  }

  private static boolean isAscii(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static int withoutTypography(int character) {
    return switch (character) {
      // Grave and acute accent, modifier letters, quotes, primes, angle quotes, full width.
      case '`', 0xb4, 0x2b9, 0x2bb, 0x2bc, 0x2bd, 0x2018, 0x2019, 0x201a, 0x201b, 0x2032, 0x2035 ->
          '\'';
      case 0x2039, 0x203a, 0xff07 -> '\'';
      // Quotes, double primes, guillemets, East Asian marks, full width.
      case 0xab, 0xbb, 0x201c, 0x201d, 0x201e, 0x201f, 0x2033, 0x2036, 0x301d, 0x301e, 0x301f ->
          '"';
      case 0xff02 -> '"';
      // Hyphens, dashes, the minus sign, small and full-width forms.
      case 0x2d7, 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xfe58, 0xfe63, 0xff0d ->
          '-';
      // Sigma at the end of a word.
      case 0x3c2 -> 0x3c3;
      default -> character;
    };
  }
}
