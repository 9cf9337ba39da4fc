package io.playlog.web.sample;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/** How many messages were not stored a while ago, to tell whether a backlog gets smaller. */
public final class LagHistory {
  public static final Duration SPAN = Duration.ofMinutes(5);

  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(long at, long lag) {}

  /**
   * @param now as {@link System#nanoTime()} gives it
   */
  void add(long now, long lag) {
    samples.addLast(new Sample(now, lag));
    forget(now);
  }

  /** All that are older than the span but the newest of them. */
  private void forget(long now) {
    while (samples.size() > 1 && isOld(second(), now)) {
      samples.removeFirst();
    }
  }

  /** Empty until it has been watched for {@link #SPAN}, and when nobody has looked for long. */
  OptionalLong before(long now) {
    forget(now);
    Sample first = samples.peekFirst();
    return first != null && isOld(first, now) && now - first.at() < 2 * SPAN.toNanos()
        ? OptionalLong.of(first.lag())
        : OptionalLong.empty();
  }

  private Sample second() {
    return samples.stream().skip(1).findFirst().orElseThrow();
  }

  private static boolean isOld(Sample sample, long now) {
    return now - sample.at() >= SPAN.toNanos();
  }
}
