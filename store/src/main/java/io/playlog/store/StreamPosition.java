package io.playlog.store;

import io.playlog.cassandra.CassandraSession;
import io.playlog.kafka.Offsets;
import io.playlog.kafka.Topic;
import io.playlog.store.StreamProgress.Partition;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How far the stream has come in its topic.
 *
 * @param progress by Kafka partition
 * @param written before which all messages lie that the brokers have
 * @param end before which all messages lie that may be read
 */
public record StreamPosition(Map<Integer, Partition> progress, Offsets written, Offsets end) {
  public static StreamPosition read(CassandraSession session, Topic topic) {
    // In this order, so that neither the lag nor what transactions hold back is negative.
    Map<Integer, Partition> progress = new StreamProgress(session, topic.name(), topic.id()).read();
    Offsets written = topic.writtenOffsets();
    return new StreamPosition(progress, written, topic.endOffsets());
  }

  /** Before which all messages are stored. */
  public Offsets stored() {
    return StreamProgress.nextOffsets(progress);
  }

  /** Messages that are not stored yet. */
  public long lag() {
    return StreamProgress.lag(end, stored());
  }

  /** When the stream stored something last; empty if it never did. */
  public Optional<Instant> lastStored() {
    return StreamProgress.lastStored(progress);
  }

  /** Messages that nobody may read yet. */
  public long heldByTransactions() {
    return written.aheadOf(end);
  }

  /** Of all messages that were ever stored. */
  public Counts totals() {
    return StreamProgress.totals(progress);
  }
}
