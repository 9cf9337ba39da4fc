package io.playlog.producer.songs;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;

/** Plausible numbers of one song, each as the text that public catalogues have for it. */
record Features(
    String durationMs,
    String danceability,
    String energy,
    String key,
    String loudness,
    String mode,
    String speechiness,
    String acousticness,
    String instrumentalness,
    String liveness,
    String valence,
    String tempo) {
  private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);

  static Features random(Random random) {
    double energy = normal(random, 0.65, 0.17, 0.02, 0.99);
    return new Features(
        Integer.toString((int) normal(random, 195_000, 48_000, 90_000, 420_000)),
        significant(normal(random, 0.67, 0.14, 0.1, 0.98)),
        significant(energy),
        Integer.toString(random.nextInt(12)),
        thousandths(normal(random, 9 * energy - 13, 2.1, -30, -0.3)),
        random.nextInt(100) < 52 ? "1" : "0",
        significant(logarithmic(random, 0.025, 0.6, 2)),
        significant(logarithmic(random, 0.0002, 0.99, 0.5)),
        random.nextInt(5) < 2 ? "0.0" : significant(logarithmic(random, 1e-6, 0.9, 1)),
        significant(logarithmic(random, 0.03, 0.8, 1.5)),
        significant(normal(random, 0.53, 0.22, 0.03, 0.98)),
        thousandths(normal(random, 121, 27, 60, 200)));
  }

  /** Draws again outside the bounds rather than clamp: no heap of songs at either end. */
  private static double normal(
      Random random, double mean, double deviation, double least, double most) {
    double value = mean + deviation * random.nextGaussian();
    return value < least || value > most ? normal(random, mean, deviation, least, most) : value;
  }

  /**
   * StrictMath, because the file is the same byte for byte on every machine.
   *
   * @param skew above 1 for more small values, below 1 for more large ones
   */
  private static double logarithmic(Random random, double least, double most, double skew) {
    double part = StrictMath.pow(random.nextDouble(), skew);
    return least * StrictMath.pow(most / least, part);
  }

  /** Three significant digits, for features from 0 to 1: 0.0, 0.751, 8.5e-05. */
  static String significant(double value) {
    return text(new BigDecimal(value).round(THREE_DIGITS));
  }

  /** Three decimals, for loudness and tempo: -4.372, 120.0. */
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
