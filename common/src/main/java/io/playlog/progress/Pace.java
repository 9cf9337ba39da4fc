package io.playlog.progress;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How far work has come by now, and how fast, on average since it began.
 *
 * @param done parts, at most the total
 * @param total parts, {@link Work#UNKNOWN} if it is not known
 */
record Pace(Work work, long done, long total, Duration elapsed) {
  private static final Duration MINUTES_FROM = Duration.ofMinutes(2);
  private static final Duration HOURS_FROM = Duration.ofHours(2);

  static Pace of(Work work, Duration elapsed) {
    long done = work.done().getAsLong();
    // After it, since it may grow with what is done.
    long total = work.total().getAsLong();
    return new Pace(work, total < 0 ? done : Math.min(done, total), total, elapsed);
  }

  boolean hasTotal() {
    return total >= 0;
  }

  /** How much of a work that has a total is done, from 0 to 1. */
  double share() {
    return total == 0 ? 1 : (double) done / total;
  }

  /** Of a work that has a total and has begun. */
  Optional<Duration> left() {
    if (!hasTotal() || done == 0) {
      return Optional.empty();
    }
    double seconds = (double) (total - done) / done * elapsed.toMillis() / 1000;
    return Optional.of(Duration.ofSeconds(Math.round(seconds)));
  }

  /** Such as {@code 4115/s} or, of what takes longer, {@code 12/min}. */
  String rate() {
    double perSecond = (double) done / work.parts() / Math.max(1, elapsed.toMillis()) * 1000;
    return perSecond >= 1
        ? String.format(Locale.ROOT, "%.0f/s", perSecond)
        : String.format(Locale.ROOT, "%.1f/min", perSecond * 60);
  }

  /** Such as {@code stored 12345 of 500000 messages (2 %), 4115/s, 118 s left}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(work.verb()).append(' ').append(done / work.parts());
    if (hasTotal()) {
      text.append(" of ").append(total / work.parts());
    }
    text.append(' ').append(work.unit());
    if (hasTotal()) {
      text.append(" (%d %%)".formatted((int) (share() * 100)));
    }
    if (done > 0) {
      text.append(", ").append(rate());
    }
    left().ifPresent(left -> text.append(", ").append(inWords(left)).append(" left"));
    String note = work.note().get();
    if (!note.isEmpty()) {
      text.append(", ").append(note);
    }
    return text.toString();
  }

  private static String inWords(Duration time) {
    if (time.compareTo(MINUTES_FROM) < 0) {
      return time.toSeconds() + " s";
    }
    return time.compareTo(HOURS_FROM) < 0 ? time.toMinutes() + " min" : time.toHours() + " h";
  }
}
