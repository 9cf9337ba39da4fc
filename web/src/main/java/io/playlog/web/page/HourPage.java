package io.playlog.web.page;

import io.playlog.listen.Hour;
import io.playlog.store.Hours;
import io.playlog.store.Summaries.Summary;
import io.playlog.web.sample.Snapshot.SongPlays;
import java.util.List;

/**
 * An hour: its report, what everybody played and some of its summaries.
 *
 * @param songs most played first
 * @param next where the next page of summaries begins; null after the last
 */
public record HourPage(
    Hour hour,
    Hours.State state,
    List<SongPlays> songs,
    int moreSongs,
    List<ListenerSummary> summaries,
    Cursor next) {
  /** Summary of a listener. */
  public record ListenerSummary(String name, Summary summary) {}

  /**
   * A place in the list of the listeners of an hour.
   *
   * @param after the name before the first one; empty at the beginning of the shard
   */
  public record Cursor(int shard, String after) {
    public static final Cursor START = new Cursor(0, "");
  }

  public Overview.HourState overview() {
    return Overview.HourState.of(hour, state);
  }
}
