package io.playlog.producer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.cli.TimeRange;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class InstantsTest {
  private final ManualTime time = new ManualTime();
  private final StopSignal stop = new StopSignal();

  @Test
  void liveIsNow() {
    Instants.Live instants = new Instants.Live(2, time, stop);

    assertThat(instants.of(0, 0)).isEqualTo(ManualTime.START);
    assertThat(instants.of(1, 1)).isEqualTo(ManualTime.START);
    assertThat(time.nanos()).isZero();
  }

  @Test
  void liveWaitsForAMillisecondOfItsOwn() {
    Instants.Live instants = new Instants.Live(1, time, stop);

    for (int i = 0; i < 100; i++) {
      assertThat(instants.of(i, 0)).isEqualTo(ManualTime.START + i).isEqualTo(time.epochMillis());
    }
  }

  @Test
  void liveIncreasesWhenTheClockIsSetBack() {
    Instants.Live instants = new Instants.Live(1, time, stop);
    instants.of(0, 0);
    time.setBack(500);

    assertThat(instants.of(1, 0)).isEqualTo(ManualTime.START + 1).isEqualTo(time.epochMillis());
  }

  @Test
  void liveDoesNotWaitOnceStopped() {
    Instants.Live instants = new Instants.Live(1, time, stop);
    instants.of(0, 0);
    stop.request();
    stop.shield();

    instants.of(1, 0);

    assertThat(time.nanos()).isZero();
  }

  @Test
  void pastIsEvenOverTheRange() {
    Instants.Past instants = new Instants.Past(range(1000, 2000), 4);

    assertThat(LongStream.range(0, 4).map(index -> instants.of(index, 0)))
        .containsExactly(1000L, 1250L, 1500L, 1750L);
  }

  @Test
  void pastIncreasesForEachListenerWhenThereIsJustRoom() {
    int listeners = 7;
    int count = 7 * 1000;
    Instants.Past instants = new Instants.Past(range(0, 1000), count);

    for (int index = listeners; index < count; index++) {
      assertThat(instants.of(index, 0)).isGreaterThan(instants.of(index - listeners, 0));
    }
    assertThat(instants.of(count - 1, 0)).isLessThan(1000);
  }

  @Test
  void pastIsExactForManyListensOverDecades() {
    long end = 1_700_000_000_000L;
    Instants.Past instants = new Instants.Past(range(0, end), 1_000_000_000);

    assertThat(instants.of(500_000_000, 0)).isEqualTo(end / 2);
    assertThat(instants.of(999_999_999, 0)).isEqualTo(end - 1700);
  }

  private static TimeRange range(long from, long to) {
    return new TimeRange(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to));
  }
}
