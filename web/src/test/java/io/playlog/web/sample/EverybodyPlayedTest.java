package io.playlog.web.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.playlog.listen.Hour;
import io.playlog.store.Hours;
import io.playlog.store.ReportRuns.Run;
import io.playlog.web.sample.Snapshot.Played;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EverybodyPlayedTest {
  private static final Hour HOUR = Hour.parse("2026-11-22T13:00Z");
  private static final Instant FINISHED = Instant.parse("2026-11-22T15:01:02Z");

  private final List<Collection<Hour>> asked = new ArrayList<>();
  private final NavigableMap<Hour, Hours.State> hours = new TreeMap<>();

  private Played read(Hour last, Collection<Hour> hours) {
    asked.add(hours);
    return new Played(last, hours.size(), List.of(), List.of());
  }

  private void publish(Hour hour, Instant finishedAt) {
    Run run = new Run(true, Map.of(), finishedAt, 1, 97, 5, finishedAt);
    hours.put(hour, new Hours.State(Map.of(), Optional.of(run)));
  }

  @Test
  void aDayIsReadOnceForEachReport() throws Exception {
    try (EverybodyPlayed everybody = new EverybodyPlayed(this::read, Duration.ofMinutes(1))) {
      assertThat(everybody.read(hours)).isEmpty();
      publish(HOUR, FINISHED);
      publish(Hour.parse("2026-11-21T23:00Z"), FINISHED);
      assertThat(everybody.read(hours)).map(Played::hoursOfDay).hasValue(1);
      everybody.read(hours);
      publish(HOUR, FINISHED.plusSeconds(1));
      everybody.read(hours);
      publish(HOUR.next(), FINISHED);
      assertThat(everybody.read(hours)).map(Played::hour).hasValue(HOUR.next());
      everybody.read(hours);
    }
    assertThat(asked).extracting(Collection::size).containsExactly(1, 1, 2);
  }

  @Test
  void nobodyWaitsForADayOfMillionsOfSongs() throws Exception {
    CountDownLatch isRead = new CountDownLatch(1);
    publish(HOUR, FINISHED);
    try (EverybodyPlayed everybody =
        new EverybodyPlayed(
            (last, day) -> {
              waitFor(isRead);
              return read(last, day);
            },
            Duration.ZERO)) {
      assertThat(everybody.read(hours)).isEmpty();
      publish(HOUR.next(), FINISHED);
      assertThat(everybody.read(hours)).isEmpty();
      isRead.countDown();
      await().until(() -> everybody.read(hours).map(Played::hour).equals(Optional.of(HOUR.next())));
    }
    assertThat(asked).extracting(Collection::size).containsExactly(1, 2);
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatFailsIsToldAndReadAgain() throws Exception {
    publish(HOUR, FINISHED);
    try (EverybodyPlayed everybody =
        new EverybodyPlayed(
            (last, day) -> {
              if (asked.isEmpty()) {
                asked.add(day);
                throw new IllegalArgumentException("no answer");
              }
              return read(last, day);
            },
            Duration.ofMinutes(1))) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> everybody.read(hours))
          .havingCause()
          .withMessage("no answer");
      assertThat(everybody.read(hours)).isPresent();
    }
  }
}
