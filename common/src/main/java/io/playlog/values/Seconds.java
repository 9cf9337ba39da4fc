package io.playlog.values;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Seconds in text, which may have decimals. */
public final class Seconds {
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,12}(\\.[0-9]{1,9})?");

  /** Seconds beyond it have more milliseconds than any calendar. */
  private static final double MOST = 1e12;

  private Seconds() {}

  /** In milliseconds; empty if it is no number, or too large for a time. */
  public static OptionalLong toMillis(String text) {
    String number = text.strip();
    if (DECIMAL.matcher(number).matches()) {
      return OptionalLong.of(
          new BigDecimal(number).movePointRight(3).setScale(0, RoundingMode.FLOOR).longValue());
    }
    try {
      double seconds = Double.parseDouble(number);
      return Math.abs(seconds) < MOST
          ? OptionalLong.of(Math.round(seconds * 1000))
          : OptionalLong.empty();
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
