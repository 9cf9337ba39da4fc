package io.playlog.cli;

import io.playlog.listen.Hour;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An hour as people and Airflow write it: its start, with the zone. */
public final class HourConverter implements ITypeConverter<Hour> {
  @Override
  public Hour convert(String text) {
    try {
      return Hour.parse(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "found '" + text + "', expected the start of an hour, such as 2026-11-22T13:00Z");
    }
  }
}
