package io.playlog.store;

import io.playlog.store.SongsByHour.Plays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map.Entry;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;

/**
 * The songs of several hours as one list, of which only the next song of each hour is in memory.
 */
final class MergedSongs {
  private final PriorityQueue<Head> heads =
      new PriorityQueue<>(Comparator.comparing(Head::song, CodePoints.ORDER));

  /** The next song of an hour, and those after it. */
  private record Head(String song, Plays plays, Iterator<Entry<String, Plays>> following) {}

  /**
   * @param hours each by {@link CodePoints#ORDER}
   */
  MergedSongs(Collection<Iterator<Entry<String, Plays>>> hours) {
    hours.forEach(this::addNext);
  }

  private void addNext(Iterator<Entry<String, Plays>> songs) {
    if (songs.hasNext()) {
      Entry<String, Plays> next = songs.next();
      heads.add(new Head(next.getKey(), next.getValue(), songs));
    }
  }

  /** Called with each song once, and with how it was played in all hours. */
  void forEach(BiConsumer<String, Plays> song) {
    while (!heads.isEmpty()) {
      String name = heads.element().song();
      Plays plays = removeHead();
      while (!heads.isEmpty() && heads.element().song().equals(name)) {
        plays = plays.plus(removeHead());
      }
      song.accept(name, plays);
    }
  }

  private Plays removeHead() {
    Head head = heads.remove();
    addNext(head.following());
    return head.plays();
  }
}
