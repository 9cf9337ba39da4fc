package io.playlog.jobs.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.progress.Work;
import io.playlog.store.ListenersByHour;
import org.junit.jupiter.api.Test;

class WorkOnHoursTest {
  private static final int SHARDS = ListenersByHour.SHARDS.size();

  @Test
  void severalHoursAreCountedByTheirShards() {
    Work work = WorkOnHours.of("summed up", 3, () -> SHARDS + 1);
    assertThat(work.unit()).isEqualTo("hours");
    assertThat(work.done().getAsLong() / work.parts()).isOne();
    assertThat(work.total().getAsLong() / work.parts()).isEqualTo(3);
  }

  @Test
  void ofOneHourTheShardsAreShown() {
    Work work = WorkOnHours.of("summed up", 1, () -> 5);
    assertThat(work.unit()).isEqualTo("shards of the hour");
    assertThat(work.parts()).isOne();
    assertThat(work.done().getAsLong()).isEqualTo(5);
    assertThat(work.total().getAsLong()).isEqualTo(SHARDS);
  }
}
