package io.playlog.jobs.forget;

import io.playlog.listen.Hour;
import io.playlog.store.Forgotten.Mark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is to be erased: a listener's time.
 *
 * @param from event time; null if it is open
 * @param to not included; null if it is open
 */
record ListenerTime(String name, Instant from, Instant to) {
  /** Beyond every time that a row can have; the starts of hours, which are not cut so. */
  private static final Instant FIRST = Hour.of(Long.MIN_VALUE / 2).start();

  private static final Instant LAST = Hour.of(Long.MAX_VALUE / 2).start();

  static ListenerTime of(Mark mark) {
    return new ListenerTime(mark.name(), mark.from(), mark.to());
  }

  /** All time of the same listener that does not belong to it. */
  List<ListenerTime> others() {
    List<ListenerTime> others = new ArrayList<>();
    if (from != null) {
      others.add(new ListenerTime(name, null, from));
    }
    if (to != null) {
      others.add(new ListenerTime(name, to, null));
    }
    return others;
  }

  boolean isAll() {
    return from == null && to == null;
  }

  /** The first instant; a query needs one. */
  Instant start() {
    return from == null ? FIRST : from;
  }

  /** The first instant after it. */
  Instant end() {
    return to == null ? LAST : to;
  }

  /** The first hour of which something belongs to it. */
  Hour firstHour() {
    return Hour.of(start());
  }

  /** Not included: the hour after the last one of which something belongs to it. */
  Hour endHour() {
    return Hour.of(end().minusMillis(1)).next();
  }

  /** Whether all of an hour belongs to it. */
  boolean holds(Hour hour) {
    return !hour.start().isBefore(start()) && !hour.end().isAfter(end());
  }

  boolean holds(Instant instant) {
    return !instant.isBefore(start()) && instant.isBefore(end());
  }

  /** The hours of which a part belongs to it, and another does not: two at most. */
  Set<Hour> cutHours() {
    Set<Hour> cut = new TreeSet<>(Set.of(firstHour()));
    cut.add(endHour().previous());
    cut.removeIf(this::holds);
    return cut;
  }

  /** The first hour that belongs to it whole. */
  Hour firstWholeHour() {
    return holds(firstHour()) ? firstHour() : firstHour().next();
  }

  /** Not included: the hour after the last one that belongs to it whole. */
  Hour endOfWholeHours() {
    return Hour.of(end());
  }

  /** Such as {@code from 2026-11-22T13:00:00Z}. */
  @Override
  public String toString() {
    if (from == null) {
      return to == null ? "of all times" : "to " + to;
    }
    return "from " + from + (to == null ? "" : " to " + to);
  }
}
