package io.playlog.producer.importing;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as the settings have it, such as {@code 30s}, {@code 500 ms} or {@code 1m}. */
final class MinPlayedConverter implements ITypeConverter<Duration> {
  private static final Pattern TIME = Pattern.compile("([0-9]{1,9}) *(ms|s|m|)");

  @Override
  public Duration convert(String text) {
    Matcher found = TIME.matcher(text.strip());
    long number = found.matches() ? Long.parseLong(found.group(1)) : -1;
    // Without a unit nobody knows whether milliseconds are meant, unless it is 0.
    if (number < 0 || (number > 0 && found.group(2).isEmpty())) {
      throw new TypeConversionException(
          "found '" + text + "', expected a time with its unit, such as 30s or 500ms");
    }
    return switch (found.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofSeconds(number);
    };
  }
}
