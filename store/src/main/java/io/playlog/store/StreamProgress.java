package io.playlog.store;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.playlog.cassandra.CassandraSession;
import io.playlog.kafka.Offsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The table {@code stream_progress} for one topic: written by the stream, read by the rest. */
public final class StreamProgress {
  private static final String SELECT =
      "SELECT kafka_partition, next_offset, listens, unmatched, dead_letters, newest_event,"
          + " writetime(next_offset), updated_at FROM %s.stream_progress WHERE topic = ? AND topic_id = ?";
  private static final String INSERT =
      "INSERT INTO %s.stream_progress (topic, topic_id, kafka_partition, next_offset, listens,"
          + " unmatched, dead_letters, newest_event, updated_at)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?";

  private final CassandraSession session;
  private final String topic;
  private final String topicId;
  private final PreparedStatement select;
  private final PreparedStatement insert;
  private final WriteTimestamps timestamps = new WriteTimestamps("stream_progress");

  /**
   * @param topicId the topic's id at the broker; rows about an earlier topic of the same name do
   *     not count
   */
  public StreamProgress(CassandraSession session, String topic, String topicId) {
    this.session = session;
    this.topic = topic;
    this.topicId = topicId;
    this.select = session.prepare(SELECT);
    this.insert = session.prepare(INSERT);
  }

  /**
   * What has been stored of a Kafka partition: a row of the table.
   *
   * @param nextOffset all messages before it are stored
   * @param totals of these messages, each counted once; the folded are not stored
   * @param storedAt when that was, by the stream's clock; null of a row to be written
   */
  public record Partition(int partition, long nextOffset, Counts totals, Instant storedAt) {
    /** To be written. */
    public Partition(int partition, long nextOffset, Counts totals) {
      this(partition, nextOffset, totals, null);
    }
  }

  /** By Kafka partition; partitions of which nothing is known are absent. */
  public Map<Integer, Partition> read() {
    Map<Integer, Partition> progress = new TreeMap<>();
    for (Row row : session.execute(select.bind(topic, topicId))) {
      Instant newest = row.getInstant(5);
      progress.put(
          row.getInt(0),
          new Partition(
              row.getInt(0),
              row.getLong(1),
              new Counts(
                  row.getLong(2),
                  0,
                  row.getLong(3),
                  row.getMap(4, String.class, Long.class),
                  newest == null ? Long.MIN_VALUE : newest.toEpochMilli()),
              row.getInstant(7)));
    }
    return progress;
  }

  public Offsets nextOffsets() {
    return nextOffsets(read());
  }

  /** The offsets before which all messages are stored. */
  public static Offsets nextOffsets(Map<Integer, Partition> progress) {
    Map<Integer, Long> offsets = new HashMap<>();
    progress.forEach((partition, row) -> offsets.put(partition, row.nextOffset()));
    return Offsets.of(offsets);
  }

  /** Of all messages that were ever stored. */
  public static Counts totals(Map<Integer, Partition> progress) {
    return progress.values().stream().map(Partition::totals).reduce(Counts.NONE, Counts::plus);
  }

  /** When something was stored last; empty if nothing ever was. */
  public static Optional<Instant> lastStored(Map<Integer, Partition> progress) {
    return progress.values().stream()
        .map(Partition::storedAt)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder());
  }

  /** Messages not stored yet; one at least for a partition of which nothing is known. */
  public static long lag(Offsets endOffsets, Offsets stored) {
    long unknown =
        endOffsets.partitions().stream()
            .filter(partition -> !stored.has(partition) && endOffsets.of(partition) == 0)
            .count();
    return endOffsets.aheadOf(stored) + unknown;
  }

  /**
   * To be called by the one who writes, before the first {@link #write}. Adds the partitions that
   * have no row yet: such a one counts as not caught up, also if it never got a message.
   *
   * @param firstOffsets of all partitions
   */
  public void begin(Offsets firstOffsets) {
    session
        .execute(select.bind(topic, topicId))
        .forEach(row -> timestamps.found(row.getLong(1), row.getLong(6)));
    Offsets known = nextOffsets();
    List<Partition> missing = new ArrayList<>();
    firstOffsets.forEach(
        (partition, offset) -> {
          if (!known.has(partition)) {
            missing.add(new Partition(partition, offset, Counts.NONE));
          }
        });
    write(missing);
  }

  /** Returns when all are acknowledged. */
  public void write(Collection<Partition> partitions) {
    List<BoundStatement> rows = new ArrayList<>();
    partitions.forEach(partition -> rows.add(row(partition)));
    session.write(rows);
  }

  private BoundStatement row(Partition row) {
    Counts totals = row.totals();
    return insert.bind(
        topic,
        topicId,
        row.partition(),
        row.nextOffset(),
        totals.listens(),
        totals.unmatched(),
        totals.deadLettersByReason(),
        totals.newestEvent() == Long.MIN_VALUE ? null : Instant.ofEpochMilli(totals.newestEvent()),
        Instant.now(),
        timestamps.of(row.nextOffset()));
  }
}
