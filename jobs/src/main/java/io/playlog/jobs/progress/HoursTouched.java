package io.playlog.jobs.progress;

import com.datastax.oss.driver.api.core.cql.Row;
import io.playlog.jobs.cassandra.CassandraSession;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The table {@code hours_touched}: which hours got listens, and from which messages last. */
public final class HoursTouched {
  private static final String SELECT =
      "SELECT topic_id, kafka_partition, last_offset FROM %s.hours_touched WHERE hour = ?";
  private static final String INSERT =
      "INSERT INTO %s.hours_touched (hour, topic_id, kafka_partition, last_offset)"
          + " VALUES (?, ?, ?, ?)";

  private final CassandraSession session;

  public HoursTouched(CassandraSession session) {
    this.session = session;
  }

  /** Last offset by topic id and partition, as {@code id/partition}; empty if never touched. */
  public Map<String, Long> read(Instant hour) {
    Map<String, Long> offsets = new TreeMap<>();
    for (Row row : session.execute(SELECT, hour)) {
      offsets.put(
          row.getString("topic_id") + "/" + row.getInt("kafka_partition"),
          row.getLong("last_offset"));
    }
    return offsets;
  }

  /**
   * Makes an hour due that no message has touched, but a person.
   *
   * @param by the command that changed its records
   */
  public void touch(Instant hour, String by) {
    session.execute(INSERT, hour, by, 0, Instant.now().toEpochMilli());
  }

  /** Returns when all are acknowledged. */
  public void write(String topicId, Stream<TouchedHour> hours) throws InterruptedException {
    session.executeAll(
        INSERT,
        hours.map(row -> new Object[] {row.hour(), topicId, row.partition(), row.lastOffset()}));
  }
}
