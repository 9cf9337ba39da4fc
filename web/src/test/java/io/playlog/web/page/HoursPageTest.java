package io.playlog.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.listen.Hour;
import io.playlog.store.Hours;
import io.playlog.web.page.Overview.HourState;
import io.playlog.web.sample.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HoursPageTest {
  private static final Hour FIRST = Hour.parse("2026-11-22T13:00Z");

  private static final Instant READ = Instant.parse("2026-11-22T20:00:05Z");

  private static Snapshot snapshot(int count) {
    TreeMap<Hour, Hours.State> hours = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      hours.put(
          new Hour(FIRST.sinceEpoch() + i),
          new Hours.State(Map.of("topic/0", 7L), Optional.empty()));
    }
    return new Snapshot(
        Instant.EPOCH,
        Optional.empty(),
        Optional.of(new Snapshot.Reports(READ, hours, List.of(), Optional.empty())),
        OptionalLong.empty(),
        List.of());
  }

  @Test
  void theNewestComesFirstAndTheRestFollows() {
    Snapshot snapshot = snapshot(HoursPage.HOURS + 1);
    HoursPage newest = HoursPage.of(snapshot, null);
    assertThat(newest.hours()).hasSize(HoursPage.HOURS);
    assertThat(newest.readAt()).isEqualTo(READ);
    assertThat(newest.older()).isEqualTo("/hours?before=2026-11-22T14:00Z");
    HoursPage oldest = HoursPage.of(snapshot, FIRST.next());
    assertThat(oldest.hours()).extracting(HourState::hour).containsExactly(FIRST);
    assertThat(oldest.older()).isNull();
  }

  @Test
  void theLastPartMayBeFull() {
    assertThat(HoursPage.of(snapshot(HoursPage.HOURS), null).older()).isNull();
  }

  @Test
  void nothingIsKnownAtFirst() {
    Snapshot nothing =
        new Snapshot(
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            List.of("no answer"));
    assertThat(HoursPage.of(nothing, null)).isEqualTo(new HoursPage(List.of(), null, null));
  }
}
