package io.playlog.jobs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.jobs.audit.Findings.Counts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlicesTest {
  private static final long HOUR = Instant.parse("2026-11-22T13:00:00Z").toEpochMilli();
  private static final long NEXT = HOUR + 3_600_000;

  private final List<List<Entry>> looked = new ArrayList<>();
  private final Slices slices = new Slices(looked::add);

  private static Entry listen(String name, long time, String song, long offset) {
    return new Entry(name, time, song, 0, offset, null, offset);
  }

  private Findings add(Entry... entries) throws InterruptedException {
    for (Entry entry : entries) {
      slices.add(entry);
    }
    slices.end();
    return slices.findings();
  }

  @Test
  void handsOutOneListenersHourAtATime() throws InterruptedException {
    Entry first = listen("Ada", HOUR, "a", 1);
    Entry second = listen("Ada", NEXT - 1, "a", 2);
    Entry next = listen("Ada", NEXT, "a", 3);
    Entry other = listen("Zoë", NEXT, "a", 4);
    Findings found = add(first, second, next, other);
    assertThat(looked).containsExactly(List.of(first, second), List.of(next), List.of(other));
    assertThat(found.counts()).isEqualTo(Counts.NONE);
  }

  @Test
  void twoSongsInAMillisecondAreTwoListensAndOneSongTwiceIsRepeated() throws InterruptedException {
    Entry one = listen("Ada", HOUR, "a", 1);
    Entry two = listen("Ada", HOUR, "b", 3);
    Findings found = add(one, listen("Ada", HOUR, "a", 2), two, listen("Ada", HOUR, "b", 4));
    assertThat(looked).containsExactly(List.of(one.writtenAlso(2), two.writtenAlso(4)));
    assertThat(found.counts()).isEqualTo(new Counts(0, 2, 0, 0, 0, 0));
  }

  /** The row of a listen that was sent again is as young as the last message of it. */
  @Test
  void ofRepeatedMessagesTheLastCounts() {
    Entry first = listen("Ada", HOUR, "a", 1);
    assertThat(first.writtenAlso(5).written()).isEqualTo(5);
    assertThat(first.writtenAlso(5).writtenAlso(3).written()).isEqualTo(5);
    assertThat(first.writtenAlso(5).offset()).isEqualTo(1);
  }

  @Test
  void withoutEntriesThereIsNothingToLookUp() throws InterruptedException {
    assertThat(add()).isEqualTo(new Findings(0, 0, 0, 0, List.of()));
    assertThat(looked).isEmpty();
  }

  @Test
  void aDeadLetterWithoutItsMessageCountsForNothing() throws InterruptedException {
    Findings found = add(new Entry(null, HOUR, null, 0, 1, null, HOUR));
    assertThat(found).isEqualTo(new Findings(0, 0, 0, 0, List.of()));
  }

  @Test
  void whatIsForgottenIsNeitherLookedUpNorTheSameAsWhatCameLater() throws InterruptedException {
    Entry old = new Entry("Ada", HOUR, "a", 0, 1, "forgotten", HOUR);
    Entry later = listen("Ada", HOUR, "a", 9);
    Findings found = add(old, new Entry("Ada", HOUR, "a", 0, 2, "forgotten", HOUR), later);
    assertThat(looked).containsExactly(List.of(later));
    assertThat(found.counts()).isEqualTo(new Counts(0, 0, 0, 2, 0, 0));
    assertThat(found.counts().in()).isEqualTo(2);
  }
}
