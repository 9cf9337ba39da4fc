package io.playlog.web;

import io.javalin.http.Context;
import io.playlog.listen.Hour;
import io.playlog.names.Names;
import io.playlog.web.WebServer.BadRequestException;
import io.playlog.web.page.HourPage.Cursor;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** What an address says; each may end a request as one that cannot be answered. */
final class Parameters {
  private Parameters() {}

  /** Empty if the address has it not. */
  static String text(Context context, String name) {
    String value = context.queryParam(name);
    return value == null ? "" : value;
  }

  /** As it is stored, in Unicode's form NFC. */
  static String name(Context context) {
    String named = context.queryParam("name");
    String name = Names.toNfc(named == null ? context.pathParam("name") : named);
    if (name.isEmpty()) {
      throw new BadRequestException("name: found nothing, expected a listener's name");
    }
    return name;
  }

  static Cursor cursor(Context context) {
    String shard = context.queryParam("shard");
    if (shard == null) {
      return Cursor.START;
    }
    if (!shard.matches("[0-9]|1[0-5]")) {
      throw new BadRequestException("found the shard %s, expected 0 to 15".formatted(shard));
    }
    return new Cursor(Integer.parseInt(shard), text(context, "after"));
  }

  /** That of the address, else that which the browser has told, else UTC. */
  static ZoneId zone(Context context) {
    String asked = context.queryParam("zone");
    if (asked != null) {
      try {
        return ZoneId.of(asked);
      } catch (DateTimeException e) {
        throw new BadRequestException(
            "found the time zone %s, expected one such as Europe/Berlin".formatted(asked));
      }
    }
    String told = context.cookie("zone");
    try {
      return told == null ? ZoneOffset.UTC : ZoneId.of(told);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }

  static LocalDate date(Context context, String name, LocalDate otherwise) {
    String asked = context.queryParam(name);
    if (asked == null || asked.isBlank()) {
      return otherwise;
    }
    try {
      return inCalendars(LocalDate.parse(asked));
    } catch (DateTimeException e) {
      throw new BadRequestException(
          "%s: found %s, expected a day such as 2026-11-22".formatted(name, asked));
    }
  }

  static int year(Context context) {
    String asked = context.pathParam("year");
    try {
      return inCalendars(Year.parse(asked).atDay(1)).getYear();
    } catch (DateTimeException e) {
      throw new BadRequestException(
          "found the year %s, expected one such as 2026".formatted(asked));
    }
  }

  static Hour hour(String asked) {
    try {
      Hour hour = Hour.parse(asked);
      inCalendars(hour.day());
      return hour;
    } catch (DateTimeException e) {
      throw new BadRequestException(
          "found the hour %s, expected its start in UTC, such as 2026-11-22T13:00Z"
              .formatted(asked));
    }
  }

  /** Java's days reach further than its and Cassandra's times. */
  private static LocalDate inCalendars(LocalDate day) {
    if (day.getYear() < 1 || day.getYear() > 9999) {
      throw new DateTimeException("not in a calendar: " + day);
    }
    return day;
  }
}
