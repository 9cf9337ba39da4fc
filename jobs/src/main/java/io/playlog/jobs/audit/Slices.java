package io.playlog.jobs.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * Goes through a task's entries in their order: settles at once what needs no read from Cassandra,
 * and hands out the rest in slices, the distinct listens of one listener in one hour.
 */
final class Slices {
  private final Comparison comparison;
  private final List<Entry> lost = new ArrayList<>();
  private List<Entry> slice = new ArrayList<>();
  private Entry deadLetter;
  private long repeated;
  private long deadLettered;
  private long forgotten;
  private long handedOut;

  Slices(Comparison comparison) {
    this.comparison = comparison;
  }

  /** Finds out which listens are stored. */
  interface Comparison {
    /**
     * @param slice not empty, ordered by time
     */
    void compare(List<Entry> slice) throws InterruptedException;
  }

  void add(Entry entry) throws InterruptedException {
    if (entry.isForgotten()) {
      forgotten++;
    } else if (entry.isListen()) {
      addListen(entry);
    } else if (entry.isDeadLetter()) {
      deadLetter = entry;
    } else if (deadLetter != null && deadLetter.isSameMessage(entry)) {
      deadLettered++;
    } else {
      lost.add(entry);
    }
  }

  private void addListen(Entry entry) throws InterruptedException {
    Entry last = slice.isEmpty() ? null : slice.get(slice.size() - 1);
    if (last != null && last.isSameListen(entry)) {
      repeated++;
      slice.set(slice.size() - 1, last.writtenAlso(entry.written()));
      return;
    }
    if (last != null && !(last.name().equals(entry.name()) && last.hour().equals(entry.hour()))) {
      end();
    }
    slice.add(entry);
  }

  /** To be called after the last entry. */
  void end() throws InterruptedException {
    if (!slice.isEmpty()) {
      comparison.compare(slice);
      handedOut += slice.size();
      slice = new ArrayList<>();
    }
  }

  /** How many listens the comparison was given. */
  long handedOut() {
    return handedOut;
  }

  /** Without the listens that were handed out. */
  Findings findings() {
    return new Findings(0, repeated, deadLettered, forgotten, lost);
  }
}
