package io.playlog.catalogue;

import java.util.ArrayList;
import java.util.List;

/** Counts what is wrong with a file, and keeps the first few reasons: there may be millions. */
final class Tally {
  private static final int KEPT = 5;

  private final List<String> first = new ArrayList<>();
  private long count;
  private long reasons;

  /** Counts one of which there is nothing to say. */
  void add() {
    count++;
  }

  void add(long line, String reason) {
    count++;
    reasons++;
    if (first.size() < KEPT) {
      first.add("line %d%s".formatted(line, reason));
    }
  }

  long count() {
    return count;
  }

  boolean hasReasons() {
    return !first.isEmpty();
  }

  /** The first of them, with their lines. */
  String reasons() {
    return String.join("; ", first) + (reasons > KEPT ? "; ..." : "");
  }
}
