package io.playlog.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.listen.Hour;
import io.playlog.listen.Listen;
import io.playlog.listen.RejectReason;
import io.playlog.store.Counts;
import io.playlog.store.Songs.Match;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartitionCounterTest {
  private static final Hour HOUR = Hour.parse("2026-11-22T13:00Z");
  private static final Hour NEXT = HOUR.next();

  private static Listen at(Instant instant) {
    return new Listen("n", "s", instant.toEpochMilli());
  }

  @Test
  void countsWhatBecameOfMessages() {
    PartitionCounter counter = new PartitionCounter(2, 0);
    counter.listen(5, at(HOUR.start()), Match.EXACT);
    counter.listen(6, at(NEXT.start()), Match.NONE);
    counter.deadLetter(7, RejectReason.NOT_JSON);
    counter.listen(8, at(HOUR.start().plusMillis(1)), Match.FOLDED);

    Counts expected = new Counts(3, 1, 1, Map.of("not-json", 1L), NEXT.start().toEpochMilli());
    assertThat(counter.result())
        .isEqualTo(new IngestResult(2, expected, expected, Map.of(HOUR, 8L, NEXT, 6L)));
  }

  @Test
  void aReplayTouchesNoHourAndCountsNothingTwice() {
    PartitionCounter counter = new PartitionCounter(0, 7);
    counter.listen(5, at(HOUR.start()), Match.EXACT);
    counter.deadLetter(6, RejectReason.NOT_JSON);
    counter.listen(7, at(NEXT.start()), Match.EXACT);

    IngestResult result = counter.result();
    assertThat(result.all())
        .isEqualTo(new Counts(2, 0, 0, Map.of("not-json", 1L), NEXT.start().toEpochMilli()));
    assertThat(result.first())
        .isEqualTo(new Counts(1, 0, 0, Map.of(), NEXT.start().toEpochMilli()));
    assertThat(result.hoursTouched()).isEqualTo(Map.of(NEXT, 7L));
  }
}
