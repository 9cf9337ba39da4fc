package io.playlog.producer.importing.formats;

import io.playlog.values.Seconds;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/**
 * Times as exports write them, UTC unless they say another offset; in milliseconds since the epoch.
 */
final class Times {
  /** {@code 2019-03-10T02:30:00Z}, {@code 2019-03-10 02:30:00 UTC}, {@code 2019-03-10 02:30}. */
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd['T'][' ']HH:mm")
          .appendOptional(DateTimeFormatter.ofPattern(":ss"))
          .appendOptional(
              new DateTimeFormatterBuilder()
                  .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
                  .toFormatter(Locale.ROOT))
          .appendPattern("[XXX][' UTC']")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /** {@code 24 Nov 2025 16:00}, with a comma or without. */
  private static final DateTimeFormatter ENGLISH =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("d MMM uuuu[','] HH:mm")
          .toFormatter(Locale.ENGLISH)
          .withResolverStyle(ResolverStyle.STRICT);

  private Times() {}

  static long iso(String text) throws UnreadableException {
    try {
      // Of the usual form, and many times as fast.
      if (text.length() == 20 && text.charAt(10) == 'T') {
        return Instant.parse(text).toEpochMilli();
      }
      TemporalAccessor found = ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
      return found instanceof OffsetDateTime time
          ? time.toInstant().toEpochMilli()
          : LocalDateTime.from(found).toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw notATime("such as 2019-03-10T02:30:00Z");
    }
  }

  static long english(String text) throws UnreadableException {
    try {
      return LocalDateTime.parse(text.strip(), ENGLISH).toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw notATime("such as 24 Nov 2025 16:00");
    }
  }

  /** Seconds since the epoch, which may have decimals. */
  static long seconds(String text) throws UnreadableException {
    return Seconds.toMillis(text).orElseThrow(Times::notInSeconds);
  }

  static UnreadableException notInSeconds() {
    return notATime("in seconds since 1970, such as 1764000000");
  }

  static UnreadableException missing() {
    return new UnreadableException("found no time");
  }

  private static UnreadableException notATime(String example) {
    return new UnreadableException("found what is no time, expected one " + example);
  }
}
