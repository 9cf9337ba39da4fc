package io.playlog.web.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How numbers, times and addresses are written. */
public final class Format {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter PATH =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm'Z'").withZone(ZoneOffset.UTC);

  private Format() {}

  /** Such as {@code 1,234}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Nothing for 0, so that a table of many shows where there is something. */
  public static String unlessZero(long number) {
    return number == 0 ? "" : count(number);
  }

  /** With two digits after the point. */
  public static String decimal(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }

  /** With one digit after the point; tempo in beats per minute, for one. */
  public static String oneDecimal(double number) {
    return String.format(Locale.ROOT, "%,.1f", number);
  }

  /** Whole minutes of a time in milliseconds. */
  public static String minutes(long milliseconds) {
    return count(milliseconds / 60_000);
  }

  /** Such as {@code 2 d 3 h}, {@code 4 min} or {@code 12 s}. */
  public static String duration(double seconds) {
    Duration duration = Duration.ofMillis(Math.round(seconds * 1000));
    if (duration.toDays() > 0) {
      return duration.toDays() + " d " + duration.toHoursPart() + " h";
    }
    if (duration.toHours() > 0) {
      return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
    if (duration.toMinutes() > 0) {
      return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
    return oneDecimal(seconds) + " s";
  }

  /** Such as {@code 1,234 MiB}, rounded up. */
  public static String mebibytes(long bytes) {
    return count((bytes + (1 << 20) - 1) >> 20) + " MiB";
  }

  /** In UTC, such as {@code 2026-11-22 13:00}. */
  public static String minute(Instant instant) {
    return MINUTE.format(instant);
  }

  /** In UTC, such as {@code 2026-11-22 13:00:05}. */
  public static String second(Instant instant) {
    return SECOND.format(instant);
  }

  /** An hour in an address, such as {@code 2026-11-22T13:00Z}. */
  public static String hourPath(Instant start) {
    return PATH.format(start);
  }

  /** A part of an address. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The address of a listener. */
  public static String listenerPath(String name) {
    return isInPath(name) ? "/listeners/" + encode(name) : "/listeners/-?name=" + encode(name);
  }

  /**
   * An address of a listener's.
   *
   * @param below the listener, such as {@code /2026}; may be empty
   * @param query without the question mark
   */
  public static String listenerPath(String name, String below, String query) {
    return isInPath(name)
        ? "/listeners/%s%s?%s".formatted(encode(name), below, query)
        : "/listeners/-%s?name=%s&%s".formatted(below, encode(name), query);
  }

  /**
   * Whether a name can be part of a path. A browser takes {@code .} and {@code ..} for steps, and
   * Jetty refuses U+0000 in a path in any case: such names are told as a parameter.
   */
  public static boolean isInPath(String name) {
    return !name.equals(".") && !name.equals("..") && name.indexOf('\0') < 0;
  }

  /**
   * A colour from 0, for nothing, to 5.
   *
   * @param most the largest number that is shown beside this one
   */
  public static int level(int number, int most) {
    return number == 0 ? 0 : Math.max(1, (int) Math.ceil(5.0 * number / most));
  }
}
