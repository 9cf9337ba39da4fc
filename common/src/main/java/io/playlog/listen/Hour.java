package io.playlog.listen;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.concurrent.TimeUnit;

/**
 * A clock hour (UTC) of event time, half open: {@code [start, end)}.
 *
 * @param sinceEpoch hours since the epoch
 */
public record Hour(long sinceEpoch) implements Comparable<Hour>, Serializable {
  private static final long MILLIS = TimeUnit.HOURS.toMillis(1);

  /** The hour that holds an instant, in milliseconds since the epoch. */
  public static Hour of(long epochMillis) {
    return new Hour(Math.floorDiv(epochMillis, MILLIS));
  }

  /** The hour that holds the instant. */
  public static Hour of(Instant instant) {
    return of(instant.toEpochMilli());
  }

  /**
   * Reads the start of an hour with its zone, such as {@code 2026-11-22T13:00Z}.
   *
   * @throws DateTimeParseException if it is no instant, one within an hour, or one that has no
   *     milliseconds since the epoch
   */
  public static Hour parse(String text) {
    Instant instant = OffsetDateTime.parse(text).toInstant();
    Hour hour;
    try {
      hour = of(instant);
    } catch (ArithmeticException e) {
      throw new DateTimeParseException("Too far from the epoch", text, 0, e);
    }
    if (!hour.start().equals(instant)) {
      throw new DateTimeParseException("Not the start of an hour", text, 0);
    }
    return hour;
  }

  public Instant start() {
    return Instant.ofEpochMilli(sinceEpoch * MILLIS);
  }

  /** Not included. */
  public Instant end() {
    return next().start();
  }

  public Hour next() {
    return new Hour(sinceEpoch + 1);
  }

  public Hour previous() {
    return new Hour(sinceEpoch - 1);
  }

  /** The UTC day that the hour belongs to. */
  public LocalDate day() {
    return LocalDate.ofInstant(start(), ZoneOffset.UTC);
  }

  @Override
  public int compareTo(Hour other) {
    return Long.compare(sinceEpoch, other.sinceEpoch);
  }

  /** The start, such as {@code 2026-11-22T13:00:00Z}. */
  @Override
  public String toString() {
    return start().toString();
  }
}
