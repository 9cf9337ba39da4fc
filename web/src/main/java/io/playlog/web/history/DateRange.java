package io.playlog.web.history;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * Days of a time zone.
 *
 * @param from the first day
 * @param to the last day
 */
public record DateRange(LocalDate from, LocalDate to, ZoneId zone) {
  /** Of the first day; where clocks skip midnight it begins later. */
  public Instant start() {
    return from.atStartOfDay(zone).toInstant();
  }

  /** Not included. */
  public Instant end() {
    return to.plusDays(1).atStartOfDay(zone).toInstant();
  }

  public long days() {
    return ChronoUnit.DAYS.between(from, to) + 1;
  }

  public LocalDate dayOf(Instant instant) {
    return LocalDate.ofInstant(instant, zone);
  }
}
