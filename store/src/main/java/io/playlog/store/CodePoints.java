package io.playlog.store;

import java.util.Comparator;

/** Order of texts by Unicode code point, which is that of UTF-8's bytes and not of Java's chars. */
public final class CodePoints {
  public static final Comparator<String> ORDER = CodePoints::compare;

  private CodePoints() {}

  /** The one that comes first; if one is null, the other. */
  public static String first(String one, String other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return compare(one, other) <= 0 ? one : other;
  }

  private static int compare(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      char found = one.charAt(i);
      char expected = other.charAt(i);
      if (found != expected) {
        return Integer.compare(place(found), place(expected));
      }
    }
    return Integer.compare(one.length(), other.length());
  }

  /** Surrogates, of which characters above all others are made, come after these. */
  private static int place(char unit) {
    if (Character.isSurrogate(unit)) {
      return unit + Character.MAX_VALUE;
    }
    return unit;
  }
}
