package io.playlog.producer.run;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Listens per second, of all listeners together.
 *
 * @param perSecond more than 0; infinite for as fast as it goes
 */
record Rate(double perSecond) {
  static final Rate MAX = new Rate(Double.POSITIVE_INFINITY);

  boolean isMax() {
    return this.equals(MAX);
  }

  /** Reads a number or {@code max}. */
  static final class Converter implements ITypeConverter<Rate> {
    @Override
    public Rate convert(String text) {
      if (text.equals("max")) {
        return MAX;
      }
      try {
        double perSecond = Double.parseDouble(text);
        if (perSecond > 0 && Double.isFinite(perSecond)) {
          return new Rate(perSecond);
        }
      } catch (NumberFormatException e) {
        // Told below, like a number that is no rate.
      }
      throw new TypeConversionException(
          "found " + text + ", expected listens per second, such as 500, or max");
    }
  }
}
