package io.playlog.jobs.progress;

import com.datastax.oss.driver.api.core.cql.Row;
import io.playlog.jobs.cassandra.CassandraSession;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The table {@code stream_progress} for one topic: written by the stream, read by the rest. */
public final class StreamProgress {
  private static final String SELECT =
      "SELECT kafka_partition, topic_id, next_offset, listens, unmatched, late, dead_letters,"
          + " newest_event FROM %s.stream_progress WHERE topic = ?";
  private static final String INSERT =
      "INSERT INTO %s.stream_progress (topic, kafka_partition, topic_id, next_offset, listens,"
          + " unmatched, late, dead_letters, newest_event, updated_at)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private final CassandraSession session;
  private final String topic;
  private final String topicId;

  /**
   * @param topicId the topic's id at the broker; rows about a deleted topic of the same name do not
   *     count
   */
  public StreamProgress(CassandraSession session, String topic, String topicId) {
    this.session = session;
    this.topic = topic;
    this.topicId = topicId;
  }

  /** By Kafka partition; partitions of which nothing is known are absent. */
  public Map<Integer, PartitionProgress> read() {
    Map<Integer, PartitionProgress> progress = new TreeMap<>();
    for (Row row : session.execute(SELECT, topic)) {
      if (topicId.equals(row.getString("topic_id"))) {
        Instant newest = row.getInstant("newest_event");
        Counts totals =
            new Counts(
                row.getLong("listens"),
                row.getLong("unmatched"),
                // Null, which reads as 0, in a row that an earlier version wrote.
                row.getLong("late"),
                row.getLong("dead_letters"),
                newest == null ? Long.MIN_VALUE : newest.toEpochMilli());
        int partition = row.getInt("kafka_partition");
        progress.put(
            partition, new PartitionProgress(partition, row.getLong("next_offset"), totals));
      }
    }
    return progress;
  }

  /**
   * Adds the partitions that have no row yet: such a one counts as not caught up, also if it never
   * got a message.
   *
   * @param firstOffsets of all partitions
   */
  public void begin(Map<Integer, Long> firstOffsets) {
    Map<Integer, PartitionProgress> known = read();
    firstOffsets.forEach(
        (partition, offset) -> {
          if (!known.containsKey(partition)) {
            session.execute(INSERT, values(new PartitionProgress(partition, offset, Counts.NONE)));
          }
        });
  }

  /** Returns when all are acknowledged. */
  public void write(Collection<PartitionProgress> partitions) throws InterruptedException {
    session.executeAll(INSERT, partitions.stream().map(this::values));
  }

  private Object[] values(PartitionProgress progress) {
    Counts totals = progress.totals();
    Instant newest =
        totals.newestEvent() == Long.MIN_VALUE ? null : Instant.ofEpochMilli(totals.newestEvent());
    return new Object[] {
      topic,
      progress.partition(),
      topicId,
      progress.nextOffset(),
      totals.listens(),
      totals.unmatched(),
      totals.late(),
      totals.deadLetters(),
      newest,
      Instant.now()
    };
  }
}
