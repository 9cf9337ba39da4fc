package io.playlog.jobs.unreadable;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.jobs.unreadable.Attempt.Failed;
import io.playlog.kafka.OffsetRange;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class UnreadableRangeTest {
  private static final long FIRST = 1_000;
  private static final Failed GAP = new Failed("", false);

  /** The batches of a partition, and how reading fails in each; null if it does not. */
  private final List<Batch> batches = new ArrayList<>();

  private int reads;

  private record Batch(OffsetRange range, Failed failed) {}

  private UnreadableRangeTest good(long size) {
    return batch(size, null);
  }

  /** With a wrong sum. */
  private UnreadableRangeTest damaged(long size) {
    return batch(
        size,
        Failed.of(
            new KafkaException(
                "Received exception",
                new KafkaException(
                    "Record batch for partition spotify-0 at offset %d is invalid, cause: Record is corrupt (stored crc = %d, computed crc = 7)"
                        .formatted(end(), end())))));
  }

  /** In a way that is the same for all. */
  private UnreadableRangeTest damagedAlike(long size) {
    return batch(size, Failed.of(new KafkaException("Not in GZIP format")));
  }

  /** Offsets of no message, such as a transaction's marker. */
  private UnreadableRangeTest gap(long size) {
    return batch(size, GAP);
  }

  private UnreadableRangeTest batch(long size, Failed failed) {
    batches.add(new Batch(new OffsetRange(end(), end() + size), failed));
    return this;
  }

  private long end() {
    return batches.isEmpty() ? FIRST : batches.get(batches.size() - 1).range().end();
  }

  private Attempt from(long offset) {
    reads++;
    Batch batch = batches.stream().filter(any -> any.range().contains(offset)).findFirst().get();
    if (batch.failed() == GAP) {
      return batch.range().end() < end() ? from(batch.range().end()) : new Attempt.End();
    }
    return batch.failed() == null
        ? new Attempt.Found(offset, batch.range().end() - 1)
        : batch.failed();
  }

  private OffsetRange around(long offset) {
    return new UnreadableRange(this::from, new OffsetRange(FIRST, end()))
        .around(offset, (Failed) from(offset));
  }

  /** Whichever of its messages is named. */
  @Test
  void isTheWholeBatch() {
    for (long size = 1; size < 20; size++) {
      batches.clear();
      good(3).damaged(size).good(1);
      for (long i = 0; i < size; i++) {
        assertThat(around(1_003 + i)).isEqualTo(new OffsetRange(1_003, 1_003 + size));
      }
    }
  }

  @Test
  void mayBeThePartitionsFirstAndLast() {
    damaged(10);
    assertThat(around(1_004)).isEqualTo(new OffsetRange(1_000, 1_010));
  }

  @Test
  void goesOnAsLongAsBatchesAreDamaged() {
    good(5).damaged(10).damagedAlike(3).damaged(1).good(5);
    for (long offset = 1_005; offset < 1_019; offset++) {
      assertThat(around(offset)).isEqualTo(new OffsetRange(1_005, 1_019));
    }
  }

  /** Nobody can say whether they were of the batch. */
  @Test
  void hasTheOffsetsOfNoMessageAroundIt() {
    good(5).gap(2).damaged(1).gap(4).good(5);
    assertThat(around(1_007)).isEqualTo(new OffsetRange(1_005, 1_012));

    batches.clear();
    good(5).damaged(1).gap(4);
    assertThat(around(1_005)).isEqualTo(new OffsetRange(1_005, 1_010));
  }

  /** Steps that are doubled could jump over it. */
  @Test
  void neverHoldsAMessageThatCanBeRead() {
    good(4).damaged(10).good(1).damaged(30).good(1).damaged(100).good(9);
    assertThat(around(1_009)).isEqualTo(new OffsetRange(1_004, 1_014));
    assertThat(around(1_040)).isEqualTo(new OffsetRange(1_015, 1_045));

    batches.clear();
    good(4).damagedAlike(10).good(1).damagedAlike(30).good(2);
    assertThat(around(1_013)).isEqualTo(new OffsetRange(1_004, 1_014));
    assertThat(around(1_015)).isEqualTo(new OffsetRange(1_015, 1_045));
  }

  /** Whose length is wrong: of the batch before it a broker finds the beginning only. */
  @Test
  void beginsBehindWhatIsReadWithAnEarlierMessage() {
    good(5).damagedAlike(5).good(5);
    Attempt.Reader reader =
        offset -> offset > FIRST && offset < 1_005 ? batches.get(1).failed() : from(offset);
    UnreadableRange range = new UnreadableRange(reader, new OffsetRange(FIRST, end()));
    Failed failed = batches.get(1).failed();

    assertThat(range.around(1_007, failed)).isEqualTo(new OffsetRange(1_005, 1_010));
    // A stream that stands there cannot go back.
    assertThat(range.around(1_003, failed)).isEqualTo(new OffsetRange(1_003, 1_010));
  }

  @Test
  void ofALargeBatchIsFoundWithFewReads() {
    good(1_000_000).damaged(1_000_000).good(1_000_000);
    assertThat(around(1_250_000)).isEqualTo(new OffsetRange(1_001_000, 2_001_000));
    assertThat(reads).isLessThan(100);
  }
}
