package io.playlog.jobs.stream;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.playlog.jobs.JobException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressWatchTest {
  @Test
  void refusesAnOffsetThatWentBack() {
    ProgressWatch watch = new ProgressWatch("spotify", true);
    watch.advanceTo(Map.of(0, 5L));
    watch.advanceTo(Map.of(0, 5L, 1, 7L));
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> watch.advanceTo(Map.of(0, 9L, 1, 6L)))
        .withMessageContaining(
            "stream_progress of the keyspace spotify went back while the stream ran (it was {0=5, 1=7} and is {0=9, 1=6})");
  }

  @Test
  void refusesAnOffsetThatIsGone() {
    ProgressWatch watch = new ProgressWatch("spotify", true);
    watch.advanceTo(Map.of(0, 5L));
    assertThatExceptionOfType(JobException.class).isThrownBy(() -> watch.advanceTo(Map.of()));
  }

  @Test
  void whoReadsFromOneReplicaMayBeBehind() {
    ProgressWatch watch = new ProgressWatch("spotify", false);
    watch.advanceTo(Map.of(0, 5L));
    assertThatCode(() -> watch.advanceTo(Map.of(0, 4L))).doesNotThrowAnyException();
  }
}
