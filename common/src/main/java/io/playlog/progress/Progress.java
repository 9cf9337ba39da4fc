package io.playlog.progress;

import io.playlog.threads.DaemonThreads;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows how far work has come, from a thread of its own, until it is closed: by a bar if standard
 * error is a terminal, else by lines in the log. Work that ends within a second shows nothing.
 */
public final class Progress implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
  private static final Duration SHOWN_AFTER = Duration.ofSeconds(1);
  private static final long LOOK_EVERY_MS = 500;

  private final Work work;
  private final Supplier<Display> open;
  private final long begin = System.nanoTime();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("progress"));
  private Display display;
  private boolean isClosed;

  /**
   * @param open makes the display, when there is something to be shown for the first time
   */
  Progress(Work work, Supplier<Display> open) {
    this.work = work;
    this.open = open;
  }

  /** Begins to show the work. */
  public static Progress of(Work work) {
    Progress progress = new Progress(work, Progress::open);
    progress.timer.scheduleWithFixedDelay(
        () -> progress.look(progress.elapsed()),
        SHOWN_AFTER.toMillis(),
        LOOK_EVERY_MS,
        TimeUnit.MILLISECONDS);
    return progress;
  }

  private static Display open() {
    OptionalInt columns = Terminal.columns();
    return columns.isPresent() ? new Bar(System.err, columns.getAsInt()) : new LogLines(LOG::info);
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  synchronized void look(Duration elapsed) {
    if (isClosed || elapsed.compareTo(SHOWN_AFTER) < 0) {
      return;
    }
    if (display == null) {
      display = open.get();
    }
    display.show(Pace.of(work, elapsed));
  }

  /** On a terminal the bar stays where it came to. */
  @Override
  public void close() {
    timer.shutdownNow();
    close(elapsed());
  }

  synchronized void close(Duration elapsed) {
    isClosed = true;
    if (display != null) {
      display.show(Pace.of(work, elapsed));
      display.close();
    }
  }
}
