package io.playlog.store;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.playlog.cassandra.CassandraSession;
import io.playlog.listen.Hour;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** The table {@code hours_touched}: which hours got listens, and from which messages last. */
public final class HoursTouched {
  private static final String INSERT =
      "INSERT INTO %s.hours_touched (day, hour, topic_id, kafka_partition, last_offset)"
          + " VALUES (?, ?, ?, ?, ?) USING TIMESTAMP ?";
  private static final String SELECT =
      "SELECT hour, topic_id, kafka_partition, last_offset, writetime(last_offset)"
          + " FROM %s.hours_touched WHERE day = ?";

  private final CassandraSession session;
  private final DaysTouched days;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final Map<LocalDate, WriteTimestamps> timestamps = new HashMap<>();

  public HoursTouched(CassandraSession session) {
    this.session = session;
    this.days = new DaysTouched(session);
    this.insert = session.prepare(INSERT);
    this.select = session.prepare(SELECT);
  }

  /**
   * An hour that got listens from a Kafka partition.
   *
   * @param lastOffset of these listens' messages
   */
  public record Touch(Hour hour, int partition, long lastOffset) {}

  /**
   * Reads a day.
   *
   * @param touch called with each hour, and the last offset by {@code topic id/partition}
   */
  CompletionStage<Void> read(LocalDate day, BiConsumer<Hour, Map.Entry<String, Long>> touch) {
    return session.forEach(
        select.bind(day),
        row ->
            touch.accept(
                Hour.of(row.getInstant(0)),
                Map.entry(row.getString(1) + "/" + row.getInt(2), row.getLong(3))));
  }

  /** Returns when all are acknowledged. */
  public void write(String topicId, Collection<Touch> touches) {
    Map<LocalDate, List<BoundStatement>> rows = new TreeMap<>();
    for (Touch touch : touches) {
      LocalDate day = touch.hour().day();
      long timestamp = timestamps.computeIfAbsent(day, this::begin).of(touch.lastOffset());
      rows.computeIfAbsent(day, absent -> new ArrayList<>())
          .add(
              insert.bind(
                  day,
                  touch.hour().start(),
                  topicId,
                  touch.partition(),
                  touch.lastOffset(),
                  timestamp));
    }
    rows.values().forEach(session::write);
  }

  /** A day is put into the index, and looked at for rows that clocks wrote, once. */
  private WriteTimestamps begin(LocalDate day) {
    days.add(day);
    WriteTimestamps found = new WriteTimestamps("hours_touched");
    session.execute(select.bind(day)).forEach(row -> found.found(row.getLong(3), row.getLong(4)));
    return found;
  }
}
