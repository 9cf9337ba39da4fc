package io.playlog.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** Order of texts by Unicode code point, which is that of UTF-8's bytes and not of Java's chars. */
public final class CodePoints {
  public static final Comparator<String> ORDER =
      (one, other) ->
          Arrays.compareUnsigned(
              one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

  private CodePoints() {}

  /** The one that comes first; if one is null, the other. */
  public static String first(String one, String other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    // Mostly they are the same, and to compare them takes copies.
    return one.equals(other) || ORDER.compare(one, other) < 0 ? one : other;
  }
}
