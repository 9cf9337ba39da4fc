package io.playlog.jobs.summary;

import io.playlog.listen.Hour;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Publishes hours in portions: between two of them it may end. Hours that are better published
 * alone are portions of their own.
 */
final class Publication {
  private static final int LARGEST_PORTION = 2048;

  /** The next portion is half as large if one takes longer, so that the time budget is kept. */
  private static final Duration LONGEST_PORTION = Duration.ofSeconds(10);

  private final Reports reports;
  private final LongSupplier nanoTime;

  /** The one that is waited for is not held up by others of its portion. */
  private int portion = 1;

  Publication(Reports reports, LongSupplier nanoTime) {
    this.reports = reports;
    this.nanoTime = nanoTime;
  }

  /** How hours are published. */
  interface Reports {
    /** Publishes an hour, whatever it holds. */
    void publish(Hour hour) throws InterruptedException;

    /**
     * Publishes several at a time.
     *
     * @return those of them that are to be published alone
     */
    List<Hour> publish(List<Hour> hours) throws InterruptedException;
  }

  /**
   * @param asked all of them are published
   * @param due as many as the time allows, but at least one hour is published
   * @param budget after this time, from now on, none of {@code due} is begun
   * @return how many of {@code due} are left
   */
  int publish(Collection<Hour> asked, Collection<Hour> due, Duration budget)
      throws InterruptedException {
    long start = nanoTime.getAsLong();
    Deque<Hour> first = new ArrayDeque<>(asked);
    Deque<Hour> then = new ArrayDeque<>(due);
    if (first.isEmpty() && !then.isEmpty()) {
      first.add(then.remove());
    }
    publish(first, () -> false);
    return publish(then, () -> nanoTime.getAsLong() - start > budget.toNanos());
  }

  /** Returns how many are left. */
  private int publish(Deque<Hour> waiting, BooleanSupplier isOver) throws InterruptedException {
    Deque<Hour> alone = new ArrayDeque<>();
    while (!alone.isEmpty() || !waiting.isEmpty()) {
      if (isOver.getAsBoolean()) {
        return alone.size() + waiting.size();
      }
      if (!alone.isEmpty()) {
        reports.publish(alone.remove());
      } else {
        alone.addAll(publishPortion(waiting));
      }
    }
    return 0;
  }

  private List<Hour> publishPortion(Deque<Hour> waiting) throws InterruptedException {
    List<Hour> next = new ArrayList<>();
    while (next.size() < portion && !waiting.isEmpty()) {
      next.add(waiting.remove());
    }
    long start = nanoTime.getAsLong();
    List<Hour> alone = List.of();
    if (next.size() == 1) {
      reports.publish(next.get(0));
    } else {
      alone = reports.publish(next);
    }
    boolean tookLong = nanoTime.getAsLong() - start > LONGEST_PORTION.toNanos();
    portion = tookLong ? Math.max(1, portion / 2) : Math.min(LARGEST_PORTION, 2 * portion);
    return alone;
  }
}
