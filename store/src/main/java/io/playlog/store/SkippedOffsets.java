package io.playlog.store;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.playlog.cassandra.CassandraSession;
import io.playlog.kafka.OffsetRange;
import io.playlog.kafka.SkippedRanges;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table {@code skipped_offsets} for one topic: what nobody tries to read. */
public final class SkippedOffsets {
  private static final String SELECT =
      "SELECT kafka_partition, first_offset, next_offset FROM %s.skipped_offsets"
          + " WHERE topic = ? AND topic_id = ?";
  private static final String INSERT =
      "INSERT INTO %s.skipped_offsets (topic, topic_id, kafka_partition, first_offset,"
          + " next_offset, error, skipped_at) VALUES (?, ?, ?, ?, ?, ?, ?)";

  private final CassandraSession session;
  private final String topic;
  private final String topicId;

  /**
   * @param topicId the topic's id at the broker; rows about an earlier topic of the same name do
   *     not count
   */
  public SkippedOffsets(CassandraSession session, String topic, String topicId) {
    this.session = session;
    this.topic = topic;
    this.topicId = topicId;
  }

  public SkippedRanges read() {
    Map<Integer, List<OffsetRange>> ranges = new HashMap<>();
    for (Row row : session.execute(session.prepare(SELECT).bind(topic, topicId))) {
      ranges
          .computeIfAbsent(row.getInt(0), partition -> new ArrayList<>())
          .add(new OffsetRange(row.getLong(1), row.getLong(2)));
    }
    return SkippedRanges.of(ranges);
  }

  /**
   * @param error why it cannot be read
   */
  public void add(int partition, OffsetRange range, String error) {
    PreparedStatement insert = session.prepare(INSERT);
    session.execute(
        insert.bind(topic, topicId, partition, range.start(), range.end(), error, Instant.now()));
  }
}
