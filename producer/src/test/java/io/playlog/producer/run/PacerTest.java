package io.playlog.producer.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacerTest {
  private static final long SECOND = 1_000_000_000;

  private final ManualTime time = new ManualTime();
  private final StopSignal stop = new StopSignal();

  @Test
  void doesNotDrift() {
    Pacer pacer = new Pacer(new Rate(3), time, stop);

    for (int index = 0; index <= 300_000; index++) {
      pacer.await(index);
      time.pause(1_000);
    }

    assertThat(time.nanos()).isEqualTo(100_000 * SECOND + 1_000);
  }

  @Test
  void catchesUpOnAShortStall() {
    Pacer pacer = new Pacer(new Rate(10), time, stop);
    pacer.await(0);
    time.pause(SECOND);

    pacer.await(10);
    assertThat(time.nanos()).isEqualTo(SECOND);
    pacer.await(11);
    assertThat(time.nanos()).isEqualTo(SECOND + SECOND / 10);
  }

  @Test
  void catchesUpOnOneSecondOfALongStall() {
    Pacer pacer = new Pacer(new Rate(10), time, stop);
    pacer.await(0);
    time.pause(3600 * SECOND);

    for (int index = 1; index <= 11; index++) {
      pacer.await(index);
    }
    assertThat(time.nanos()).isEqualTo(3600 * SECOND);
    pacer.await(12);
    assertThat(time.nanos()).isEqualTo(3600 * SECOND + SECOND / 10);
  }

  @Test
  void neverWaitsAtMaximumRate() {
    Pacer pacer = new Pacer(Rate.MAX, time, stop);

    pacer.await(1_000_000);

    assertThat(time.nanos()).isZero();
  }

  @Test
  void doesNotWaitOnceStopped() {
    Pacer pacer = new Pacer(new Rate(0.001), time, stop);
    stop.request();
    stop.shield();

    pacer.await(1);

    assertThat(time.nanos()).isZero();
  }
}
