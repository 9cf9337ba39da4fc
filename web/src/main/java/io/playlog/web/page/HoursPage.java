package io.playlog.web.page;

import io.playlog.listen.Hour;
import io.playlog.store.Hours;
import io.playlog.web.page.Overview.HourState;
import io.playlog.web.sample.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;

/**
 * A part of the hours that have listens or a report.
 *
 * @param hours newest first
 * @param older address of the next part; null after the last
 * @param readAt when they were as they are shown; null if they are not known
 */
public record HoursPage(List<HourState> hours, String older, Instant readAt) {
  static final int HOURS = 100;

  /**
   * @param before the hour after the first one; null for the newest
   */
  public static HoursPage of(Snapshot snapshot, Hour before) {
    return snapshot
        .reports()
        .map(
            reports -> {
              NavigableMap<Hour, Hours.State> known = reports.hours();
              return of(before == null ? known : known.headMap(before, false), reports.at());
            })
        .orElse(new HoursPage(List.of(), null, null));
  }

  private static HoursPage of(NavigableMap<Hour, Hours.State> known, Instant readAt) {
    List<HourState> hours =
        known.descendingMap().entrySet().stream()
            .limit(HOURS)
            .map(entry -> HourState.of(entry.getKey(), entry.getValue()))
            .toList();
    boolean more = known.size() > hours.size();
    return new HoursPage(hours, more ? olderThan(hours.get(HOURS - 1).hour()) : null, readAt);
  }

  private static String olderThan(Hour hour) {
    return "/hours?before=" + Format.hourPath(hour.start());
  }
}
