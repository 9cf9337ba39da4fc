package io.playlog.jobs.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * Goes through a task's entries in their order: settles at once what needs no look into Cassandra,
 * and hands out the rest in slices, the distinct listens of one listener in one hour.
 */
final class Slices {
  private final Lookup lookup;
  private final List<Entry> lost = new ArrayList<>();
  private List<Entry> slice = new ArrayList<>();
  private Entry letter;
  private long repeated;
  private long deadLettered;

  Slices(Lookup lookup) {
    this.lookup = lookup;
  }

  /** Finds out which listens are stored. */
  interface Lookup {
    /**
     * @param slice not empty, ordered by time
     */
    void look(List<Entry> slice) throws InterruptedException;
  }

  void add(Entry entry) throws InterruptedException {
    if (entry.isListen()) {
      addListen(entry);
    } else if (entry.isDeadLetter()) {
      letter = entry;
    } else if (letter != null && letter.isSameMessage(entry)) {
      deadLettered++;
    } else {
      lost.add(entry);
    }
  }

  private void addListen(Entry entry) throws InterruptedException {
    Entry last = slice.isEmpty() ? null : slice.get(slice.size() - 1);
    if (last != null && last.isSameListen(entry)) {
      repeated++;
      return;
    }
    if (last != null && !(last.name().equals(entry.name()) && last.hour() == entry.hour())) {
      end();
    }
    slice.add(entry);
  }

  /** To be called after the last entry. */
  void end() throws InterruptedException {
    if (!slice.isEmpty()) {
      lookup.look(slice);
      slice = new ArrayList<>();
    }
  }

  /** Without the listens that were handed out. */
  Findings findings() {
    return new Findings(new AuditCounts(0, repeated, deadLettered, lost.size()), lost);
  }
}
