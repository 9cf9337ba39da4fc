package io.playlog.producer.songs;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as public catalogues write them: 0.0, 0.751, -4.372, 8.5e-05. */
final class Decimals {
  private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);

  private Decimals() {}

  /** For features from 0 to 1. */
  static String significant(double value) {
    return text(new BigDecimal(value).round(THREE_DIGITS));
  }

  /** For loudness and tempo. */
  static String thousandths(double value) {
    return text(new BigDecimal(value).setScale(3, RoundingMode.HALF_EVEN));
  }

  private static String text(BigDecimal rounded) {
    if (rounded.signum() == 0) {
      return "0.0";
    }
    BigDecimal value = rounded.stripTrailingZeros();
    int exponent = value.precision() - value.scale() - 1;
    if (exponent < -4) {
      return "%se-%02d".formatted(value.scaleByPowerOfTen(-exponent).toPlainString(), -exponent);
    }
    return value.scale() <= 0 ? value.toPlainString() + ".0" : value.toPlainString();
  }
}
