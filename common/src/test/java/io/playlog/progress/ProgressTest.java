package io.playlog.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final AtomicLong done = new AtomicLong();
  private final List<String> shown = new ArrayList<>();
  private int opened;

  /** Keeps what it was to show. */
  private final class Shown implements Display {
    @Override
    public void show(Pace pace) {
      shown.add(pace.done() + " after " + pace.elapsed().toMillis() + " ms");
    }

    @Override
    public void close() {
      shown.add("closed");
    }
  }

  private Progress progress(Work work) {
    return new Progress(
        work,
        () -> {
          opened++;
          return new Shown();
        });
  }

  private Progress progress() {
    return progress(Work.of("stored", "messages", done::get).outOf(100));
  }

  @Test
  void quickWorkShowsNothing() {
    Progress progress = progress();
    progress.look(Duration.ofMillis(999));
    progress.close(Duration.ofMillis(999));
    assertThat(shown).isEmpty();
    assertThat(opened).as("nobody looks for a terminal").isZero();
  }

  @Test
  void longWorkShowsHowFarItIsAndWhereItEnded() {
    Progress progress = progress();
    done.set(10);
    progress.look(Duration.ofMillis(1_000));
    done.set(15);
    progress.look(Duration.ofMillis(1_500));
    done.set(20);
    progress.close(Duration.ofMillis(1_600));
    assertThat(shown)
        .containsExactly("10 after 1000 ms", "15 after 1500 ms", "20 after 1600 ms", "closed");
    assertThat(opened).isOne();
  }

  @Test
  void afterItsEndNothingIsShown() {
    Progress progress = progress();
    progress.look(Duration.ofMillis(1_000));
    progress.close(Duration.ofMillis(1_600));
    shown.clear();
    progress.look(Duration.ofMillis(2_000));
    assertThat(shown).isEmpty();
  }

  private List<String> lines(Work work, int... seconds) {
    List<String> lines = new ArrayList<>();
    LogLines log = new LogLines(lines::add);
    for (int second : seconds) {
      log.show(Pace.of(work, Duration.ofSeconds(second)));
    }
    log.close();
    return lines;
  }

  @Test
  void aLogGetsALineEveryTenSeconds() {
    Work work = Work.of("stored", "messages", () -> 20).outOf(100);
    assertThat(lines(work, 1, 9, 10, 11, 19, 21, 30, 31))
        .containsExactly(
            "stored 20 of 100 messages (20 %), 2/s, 40 s left",
            "stored 20 of 100 messages (20 %), 57.1/min, 84 s left",
            "stored 20 of 100 messages (20 %), 38.7/min, 2 min left");
  }

  @Test
  void workWithoutEndIsWorthALineAMinute() {
    assertThat(lines(Work.of("stored", "messages", () -> 600), 10, 59, 60, 119, 120))
        .containsExactly("stored 600 messages, 10/s", "stored 600 messages, 5/s");
  }
}
