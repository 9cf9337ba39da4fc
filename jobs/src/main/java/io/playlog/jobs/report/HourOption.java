package io.playlog.jobs.report;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An hour as people and Airflow write it: its start, with the zone. */
public final class HourOption implements ITypeConverter<Instant> {
  @Override
  public Instant convert(String text) {
    try {
      Instant hour = OffsetDateTime.parse(text).toInstant();
      if (hour.equals(hour.truncatedTo(ChronoUnit.HOURS))) {
        return hour;
      }
    } catch (DateTimeParseException e) {
      // Told below, like an instant within an hour.
    }
    throw new TypeConversionException(
        "found '" + text + "', expected the start of an hour, such as 2026-11-22T13:00Z");
  }
}
