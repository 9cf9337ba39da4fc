package io.playlog.jobs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.jobs.kafka.OffsetRange;
import io.playlog.jobs.kafka.SourceTopic.TimedOffset;
import io.playlog.jobs.progress.Counts;
import io.playlog.jobs.progress.PartitionProgress;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One partition, unless it says otherwise: messages 0 to 99, one a second. */
class AuditedOffsetsTest {
  private static final Instant START = Instant.parse("2026-11-22T13:00:00Z");
  private static final Instant NOW = START.plusSeconds(1000);

  private static TimedOffset message(long offset) {
    return new TimedOffset(offset, START.plusSeconds(offset));
  }

  private static Map<Integer, PartitionProgress> upTo(long nextOffset) {
    return Map.of(0, new PartitionProgress(0, nextOffset, Counts.NONE));
  }

  /** Audits from second 10 to the end. */
  private static AuditedOffsets audit(
      long first, long end, Map<Integer, PartitionProgress> progress) {
    return AuditedOffsets.of(
        Map.of(0, first),
        Map.of(0, message(first)),
        Map.of(0, message(Math.max(first, 10))),
        Map.of(0, end),
        progress,
        START.plusSeconds(10),
        NOW);
  }

  @Test
  void readsWhatTheStreamHasStored() {
    assertThat(audit(0, 50, upTo(100)))
        .isEqualTo(new AuditedOffsets(Map.of(0, new OffsetRange(10, 50)), 0, Optional.empty()));
  }

  @Test
  void whatComesLaterIsNotYetRead() {
    assertThat(audit(0, 50, upTo(30)))
        .isEqualTo(new AuditedOffsets(Map.of(0, new OffsetRange(10, 30)), 20, Optional.empty()));
    assertThat(audit(0, 50, upTo(3)))
        .isEqualTo(new AuditedOffsets(Map.of(0, new OffsetRange(10, 10)), 40, Optional.empty()));
  }

  @Test
  void withoutProgressAllIsNotYetRead() {
    assertThat(audit(0, 50, Map.of()))
        .isEqualTo(new AuditedOffsets(Map.of(0, new OffsetRange(10, 10)), 40, Optional.empty()));
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
            new AuditedOffsets(
                Map.of(0, new OffsetRange(20, 50)), 0, Optional.of(START.plusSeconds(20))));
  }

  @Test
  void aPartitionThatHasLostAllIsCompleteSinceNow() {
    AuditedOffsets offsets =
        AuditedOffsets.of(Map.of(0, 50L), Map.of(), Map.of(), Map.of(0, 50L), upTo(50), START, NOW);
    assertThat(offsets)
        .isEqualTo(new AuditedOffsets(Map.of(0, new OffsetRange(50, 50)), 0, Optional.of(NOW)));
  }

  @Test
  void aPartitionThatNeverHadAMessageIsComplete() {
    AuditedOffsets offsets =
        AuditedOffsets.of(Map.of(0, 0L), Map.of(), Map.of(), Map.of(0, 0L), upTo(0), START, NOW);
    assertThat(offsets)
        .isEqualTo(new AuditedOffsets(Map.of(0, new OffsetRange(0, 0)), 0, Optional.empty()));
  }

  /** They were asked for one after the other, and messages come in between. */
  @Test
  void aFirstMessageAfterTheEndIsNotRead() {
    AuditedOffsets offsets =
        AuditedOffsets.of(
            Map.of(0, 0L),
            Map.of(0, message(0)),
            Map.of(0, message(55)),
            Map.of(0, 50L),
            upTo(60),
            START.plusSeconds(55),
            NOW);
    assertThat(offsets)
        .isEqualTo(new AuditedOffsets(Map.of(0, new OffsetRange(50, 50)), 0, Optional.empty()));
  }

  @Test
  void partitionsAreAddedUp() {
    AuditedOffsets offsets =
        AuditedOffsets.of(
            Map.of(0, 5L, 1, 7L),
            Map.of(0, message(5), 1, message(7)),
            Map.of(0, message(5), 1, message(7)),
            Map.of(0, 20L, 1, 30L),
            Map.of(
                0, new PartitionProgress(0, 18, Counts.NONE),
                1, new PartitionProgress(1, 29, Counts.NONE)),
            START,
            NOW);
    assertThat(offsets)
        .isEqualTo(
            new AuditedOffsets(
                Map.of(0, new OffsetRange(5, 18), 1, new OffsetRange(7, 29)),
                3,
                Optional.of(START.plusSeconds(7))));
  }
}
