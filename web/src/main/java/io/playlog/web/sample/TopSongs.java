package io.playlog.web.sample;

import io.playlog.store.CodePoints;
import io.playlog.store.SongsByHour.Plays;
import io.playlog.web.sample.Snapshot.SongPlays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The songs that were played most; of the others, which may be millions, only their number. */
public final class TopSongs {
  private static final Comparator<SongPlays> MOST_PLAYED_FIRST =
      Comparator.comparingLong((SongPlays song) -> song.plays().plays())
          .reversed()
          .thenComparing(SongPlays::song, CodePoints.ORDER);

  private final PriorityQueue<SongPlays> top = new PriorityQueue<>(MOST_PLAYED_FIRST.reversed());
  private final int most;
  private int others;

  /**
   * @param most songs
   */
  public TopSongs(int most) {
    this.most = most;
  }

  /** Each song once. */
  public void add(String song, Plays plays) {
    top.add(new SongPlays(song, plays));
    if (top.size() > most) {
      top.remove();
      others++;
    }
  }

  /** The most played first, of several the lowest by code point. */
  public List<SongPlays> songs() {
    return top.stream().sorted(MOST_PLAYED_FIRST).toList();
  }

  /** How many were played less. */
  public int others() {
    return others;
  }
}
