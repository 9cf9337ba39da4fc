package io.playlog.web.page;

import io.playlog.web.history.Counted;
import io.playlog.web.history.DateRange;
import io.playlog.web.history.History;
import io.playlog.web.sample.Snapshot;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a listener listened to.
 *
 * @param title of the range, such as {@code 2026}
 * @param unfinished the days that may still get listens; empty if that is not known
 */
public record ListenerPage(
    String name, String title, History history, Optional<Unfinished> unfinished, boolean toKeep) {
  private static final int TOP = 10;
  private static final int DAYS_OF_ALL_MONTHS = 366;

  /**
   * @param toKeep for a file that is opened without a server
   */
  public static ListenerPage of(
      String name, String title, History history, Snapshot snapshot, boolean toKeep) {
    return new ListenerPage(
        name, title, history, Unfinished.of(history.range(), snapshot, Instant.now()), toKeep);
  }

  public boolean isComplete() {
    return unfinished.filter(found -> found.days() == 0).isPresent();
  }

  /** Whether the day may still get listens; so may each of which that is not known. */
  public boolean isUnfinished(LocalDate day) {
    return unfinished.map(found -> found.contains(day)).orElse(true);
  }

  public List<Counted> topSongs() {
    return history.topSongs(TOP);
  }

  public List<Counted> topArtists() {
    return history.topArtists(TOP);
  }

  public List<Counted> topAlbums() {
    return history.topAlbums(TOP);
  }

  /** Of the week's 168 hours the largest number. */
  public int mostAtAnHour() {
    int most = 0;
    for (DayOfWeek day : DayOfWeek.values()) {
      for (int hour = 0; hour < 24; hour++) {
        most = Math.max(most, history.at(day, hour));
      }
    }
    return most;
  }

  public int mostOfADay() {
    return history.days().values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /**
   * The days of the range by month. Of more than a year only months with listens: addresses may
   * have any days, and the page must not grow with them.
   *
   * @return months such as {@code 2026-03}, each with its weeks from Monday on; a day outside of
   *     the range is null
   */
  public Map<String, List<List<LocalDate>>> calendar() {
    DateRange range = history.range();
    SortedSet<LocalDate> firsts = new TreeSet<>();
    history.days().keySet().forEach(day -> firsts.add(day.withDayOfMonth(1)));
    if (range.days() <= DAYS_OF_ALL_MONTHS) {
      for (LocalDate first = range.from().withDayOfMonth(1);
          !first.isAfter(range.to());
          first = first.plusMonths(1)) {
        firsts.add(first);
      }
    }
    Map<String, List<List<LocalDate>>> months = new LinkedHashMap<>();
    firsts.forEach(first -> months.put(first.toString().substring(0, 7), weeks(first)));
    return months;
  }

  private List<List<LocalDate>> weeks(LocalDate month) {
    List<List<LocalDate>> weeks = new ArrayList<>();
    List<LocalDate> week = new ArrayList<>();
    for (int skipped = 1; skipped < month.getDayOfWeek().getValue(); skipped++) {
      week.add(null);
    }
    for (LocalDate day = month; day.getMonth() == month.getMonth(); day = day.plusDays(1)) {
      boolean inRange = !day.isBefore(history.range().from()) && !day.isAfter(history.range().to());
      week.add(inRange ? day : null);
      if (week.size() == 7) {
        weeks.add(week);
        week = new ArrayList<>();
      }
    }
    if (!week.isEmpty()) {
      while (week.size() < 7) {
        week.add(null);
      }
      weeks.add(week);
    }
    return weeks;
  }

  public int listensOn(LocalDate day) {
    return history.days().getOrDefault(day, 0);
  }

  public static String shortName(DayOfWeek day) {
    return day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
  }

  /** Address of a range of this listener. */
  public String path(DateRange range) {
    return Format.listenerPath(
        name, "", "from=%s&to=%s&%s".formatted(range.from(), range.to(), zone()));
  }

  /** Address of the year in which the range ends, on one page. */
  public String yearPath() {
    return Format.listenerPath(name, "/%04d".formatted(history.range().to().getYear()), zone());
  }

  private String zone() {
    return "zone=" + Format.encode(history.range().zone().getId());
  }

  /** Whether the range is a whole year. */
  public boolean isYear() {
    LocalDate from = history.range().from();
    return from.getDayOfYear() == 1 && history.range().to().equals(from.plusYears(1).minusDays(1));
  }

  /** Ranges that people ask for, by what they call them. */
  public Map<String, DateRange> presets() {
    var zone = history.range().zone();
    LocalDate today = LocalDate.now(zone);
    Map<String, DateRange> presets = new LinkedHashMap<>();
    presets.put("today", new DateRange(today, today, zone));
    presets.put("7 days", new DateRange(today.minusDays(6), today, zone));
    presets.put("30 days", new DateRange(today.minusDays(29), today, zone));
    presets.put("this month", new DateRange(today.withDayOfMonth(1), today, zone));
    presets.put("this year", new DateRange(today.withDayOfYear(1), today, zone));
    LocalDate lastYear = today.withDayOfYear(1).minusYears(1);
    presets.put("last year", new DateRange(lastYear, lastYear.plusYears(1).minusDays(1), zone));
    return presets;
  }
}
