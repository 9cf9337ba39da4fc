package io.playlog.jobs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.kafka.OffsetRange;
import io.playlog.kafka.Offsets;
import io.playlog.kafka.Topic.TimedOffset;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One partition, unless it says otherwise: messages 0 to 99, one a second. */
class AuditRangeTest {
  private static final Instant START = Instant.parse("2026-11-22T13:00:00Z");
  private static final Instant NOW = START.plusSeconds(1000);

  private static TimedOffset message(long offset) {
    return new TimedOffset(offset, START.plusSeconds(offset));
  }

  private static Offsets upTo(long nextOffset) {
    return Offsets.of(Map.of(0, nextOffset));
  }

  /** Audits from second 10 to the end. */
  private static AuditRange audit(long first, long end, Offsets progress) {
    return AuditRange.of(
        Offsets.of(Map.of(0, first)),
        Map.of(0, message(first)),
        Map.of(0, message(Math.max(first, 10))),
        Offsets.of(Map.of(0, end)),
        progress,
        START.plusSeconds(10),
        NOW);
  }

  @Test
  void readsWhatTheStreamHasStored() {
    assertThat(audit(0, 50, upTo(100)))
        .isEqualTo(new AuditRange(Map.of(0, new OffsetRange(10, 50)), 0, Optional.empty()));
  }

  @Test
  void whatComesLaterIsNotYetRead() {
    assertThat(audit(0, 50, upTo(30)))
        .isEqualTo(new AuditRange(Map.of(0, new OffsetRange(10, 30)), 20, Optional.empty()));
    assertThat(audit(0, 50, upTo(3)))
        .isEqualTo(new AuditRange(Map.of(0, new OffsetRange(10, 10)), 40, Optional.empty()));
  }

  @Test
  void withoutProgressAllIsNotYetRead() {
    assertThat(audit(0, 50, Offsets.NONE))
        .isEqualTo(new AuditRange(Map.of(0, new OffsetRange(10, 10)), 40, Optional.empty()));
  }

  @Test
  void messagesBeforeTheAuditedTimeMayHaveLeft() {
    assertThat(audit(9, 50, upTo(50)).completeSince()).isEmpty();
    assertThat(audit(10, 50, upTo(50)).completeSince()).isEmpty();
  }

  @Test
  void saysSinceWhenTheMessagesAreStillThere() {
    assertThat(audit(20, 50, upTo(50)))
        .isEqualTo(
            new AuditRange(
                Map.of(0, new OffsetRange(20, 50)), 0, Optional.of(START.plusSeconds(20))));
  }

  @Test
  void aPartitionThatHasLostAllIsCompleteSinceNow() {
    AuditRange offsets =
        AuditRange.of(
            Offsets.of(Map.of(0, 50L)),
            Map.of(),
            Map.of(),
            Offsets.of(Map.of(0, 50L)),
            upTo(50),
            START,
            NOW);
    assertThat(offsets)
        .isEqualTo(new AuditRange(Map.of(0, new OffsetRange(50, 50)), 0, Optional.of(NOW)));
  }

  /** Of a topic with its producers' times. */
  @Test
  void aTimeFarAheadSaysNoMoreThanNow() {
    AuditRange offsets =
        AuditRange.of(
            Offsets.of(Map.of(0, 5L)),
            Map.of(0, new TimedOffset(5, Instant.ofEpochMilli(Long.MAX_VALUE))),
            Map.of(0, message(10)),
            Offsets.of(Map.of(0, 50L)),
            upTo(50),
            START,
            NOW);
    assertThat(offsets)
        .isEqualTo(new AuditRange(Map.of(0, new OffsetRange(10, 50)), 0, Optional.of(NOW)));
  }

  @Test
  void aPartitionThatNeverHadAMessageIsComplete() {
    AuditRange offsets =
        AuditRange.of(
            Offsets.of(Map.of(0, 0L)),
            Map.of(),
            Map.of(),
            Offsets.of(Map.of(0, 0L)),
            upTo(0),
            START,
            NOW);
    assertThat(offsets)
        .isEqualTo(new AuditRange(Map.of(0, new OffsetRange(0, 0)), 0, Optional.empty()));
  }

  /** They were asked for one after the other, and messages come in between. */
  @Test
  void aFirstMessageAfterTheEndIsNotRead() {
    AuditRange offsets =
        AuditRange.of(
            Offsets.of(Map.of(0, 0L)),
            Map.of(0, message(0)),
            Map.of(0, message(55)),
            Offsets.of(Map.of(0, 50L)),
            upTo(60),
            START.plusSeconds(55),
            NOW);
    assertThat(offsets)
        .isEqualTo(new AuditRange(Map.of(0, new OffsetRange(50, 50)), 0, Optional.empty()));
  }

  @Test
  void partitionsAreAddedUp() {
    AuditRange offsets =
        AuditRange.of(
            Offsets.of(Map.of(0, 5L, 1, 7L)),
            Map.of(0, message(5), 1, message(7)),
            Map.of(0, message(5), 1, message(7)),
            Offsets.of(Map.of(0, 20L, 1, 30L)),
            Offsets.of(Map.of(0, 18L, 1, 29L)),
            START,
            NOW);
    assertThat(offsets)
        .isEqualTo(
            new AuditRange(
                Map.of(0, new OffsetRange(5, 18), 1, new OffsetRange(7, 29)),
                3,
                Optional.of(START.plusSeconds(7))));
  }
}
