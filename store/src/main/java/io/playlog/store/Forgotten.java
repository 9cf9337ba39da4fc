package io.playlog.store;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.playlog.cassandra.CassandraSession;
import io.playlog.kafka.Offsets;
import io.playlog.listen.Listen;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The table {@code forgotten} for one topic, whatever its id: whose listens must not come back. */
public final class Forgotten {
  private static final String SELECT =
      "SELECT topic_id, mark, name, from_time, to_time, before_offsets, erased, obeyed"
          + " FROM %s.forgotten WHERE topic = ?";
  private static final String INSERT =
      "INSERT INTO %s.forgotten (topic, topic_id, mark, name, from_time, to_time, before_offsets,"
          + " marked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String ERASED =
      "UPDATE %s.forgotten SET erased = true WHERE topic = ? AND topic_id = ? AND mark = ?";
  private static final String OBEYED =
      "UPDATE %s.forgotten SET obeyed = true WHERE topic = ? AND topic_id = ? AND mark = ?";

  private final CassandraSession session;
  private final String topic;
  private final PreparedStatement select;
  private final PreparedStatement insert;
  private final PreparedStatement setErased;
  private final PreparedStatement setObeyed;

  public Forgotten(CassandraSession session, String topic) {
    this.session = session;
    this.topic = topic;
    this.select = session.prepare(SELECT);
    this.insert = session.prepare(INSERT);
    this.setErased = session.prepare(ERASED);
    this.setObeyed = session.prepare(OBEYED);
  }

  /**
   * A listener whose listens of a time are forgotten, as far as they were sent before the mark.
   *
   * @param topicId of the topic that the offsets are about
   * @param from event time; null if it is open
   * @param to not included; null if it is open
   * @param before offsets of the first messages that were sent later
   * @param erased whether all that was stored then has been deleted
   * @param obeyed whether no micro-batch that does not know the mark can store any more
   */
  public record Mark(
      UUID id,
      String topicId,
      String name,
      Instant from,
      Instant to,
      Offsets before,
      boolean erased,
      boolean obeyed)
      implements Serializable {

    /** A listen of this listener and time, whenever it was sent. */
    public boolean covers(Listen listen) {
      return name.equals(listen.name())
          && (from == null || listen.eventTimestamp() >= from.toEpochMilli())
          && (to == null || listen.eventTimestamp() < to.toEpochMilli());
    }
  }

  /** All marks; mostly there is none, and the answer is a few bytes. */
  public List<Mark> read() {
    return session.execute(select.bind(topic)).map(Forgotten::mark).all();
  }

  private static Mark mark(Row row) {
    return new Mark(
        row.getUuid(1),
        row.getString(0),
        row.getString(2),
        row.getInstant(3),
        row.getInstant(4),
        Offsets.of(row.getMap(5, Integer.class, Long.class)),
        row.getBoolean(6),
        row.getBoolean(7));
  }

  public void write(Mark mark) {
    session.execute(
        insert.bind(
            topic,
            mark.topicId(),
            mark.id(),
            mark.name(),
            mark.from(),
            mark.to(),
            mark.before().asMap(),
            Instant.now()));
  }

  public void setErased(Mark mark) {
    session.execute(setErased.bind(topic, mark.topicId(), mark.id()));
  }

  public void setObeyed(Mark mark) {
    session.execute(setObeyed.bind(topic, mark.topicId(), mark.id()));
  }
}
