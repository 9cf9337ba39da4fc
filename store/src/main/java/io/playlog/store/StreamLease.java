package io.playlog.store;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import io.playlog.cassandra.CassandraSession;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * The table {@code stream_lease} for one topic: which stream may store it. The row expires by the
 * clocks of the servers, and is written by lightweight transactions only.
 */
public final class StreamLease {
  private static final String SELECT =
      "SELECT owner, process, checkpoint, since, renewed_at FROM %s.stream_lease WHERE topic = ?";
  private static final String INSERT =
      "INSERT INTO %s.stream_lease (owner, process, checkpoint, since, renewed_at, topic)"
          + " VALUES (?, ?, ?, ?, ?, ?) IF NOT EXISTS USING TTL ?";

  /** All columns, each of which has a time to live of its own. */
  private static final String UPDATE =
      "UPDATE %s.stream_lease USING TTL ? SET owner = ?, process = ?, checkpoint = ?, since = ?,"
          + " renewed_at = ? WHERE topic = ? IF owner = ?";

  private static final String DELETE = "DELETE FROM %s.stream_lease WHERE topic = ? IF owner = ?";

  private final CassandraSession session;
  private final String topic;

  public StreamLease(CassandraSession session, String topic) {
    this.session = session;
    this.topic = topic;
  }

  /**
   * The stream that has the lease: a row of the table. Who wrote it by hand may have left out all
   * but the owner.
   *
   * @param owner the same for two processes only if the later one knows that the earlier one is
   *     dead
   * @param process such as {@code 4711@host.example}
   * @param since its clock, for people, as is the next
   * @param renewedAt differs from renewal to renewal
   */
  public record Holder(
      UUID owner, String process, String checkpoint, Instant since, Instant renewedAt) {

    public Holder renewedAt(Instant instant) {
      return new Holder(owner, process, checkpoint, since, instant.truncatedTo(ChronoUnit.MILLIS));
    }

    private static Holder of(Row row) {
      return new Holder(
          row.getUuid("owner"),
          row.getString("process"),
          row.getString("checkpoint"),
          row.getInstant("since"),
          row.getInstant("renewed_at"));
    }

    /** For messages. */
    @Override
    public String toString() {
      return "process %s, with the checkpoint %s, since %s".formatted(process, checkpoint, since);
    }
  }

  /** Who has it, if a read sees it; what is decided by it must not need to be exact. */
  public Optional<Holder> read() {
    return Optional.ofNullable(session.execute(session.prepare(SELECT).bind(topic)).one())
        .map(Holder::of);
  }

  /** For the one stream that holds the lease, or wants to. */
  public Holding holding(Duration timeToLive, Duration timeout) {
    return new Holding(timeToLive, timeout);
  }

  /** Takes the lease, renews it and gives it back. */
  public final class Holding {
    private final int timeToLive;
    private final Duration timeout;
    private final PreparedStatement insert = session.prepareConditional(INSERT);
    private final PreparedStatement update = session.prepareConditional(UPDATE);
    private final PreparedStatement delete = session.prepareConditional(DELETE);

    private Holding(Duration timeToLive, Duration timeout) {
      // In whole seconds.
      this.timeToLive = (int) timeToLive.plusMillis(999).toSeconds();
      this.timeout = timeout;
    }

    /**
     * Renews the lease if this owner has it, takes it if nobody has; returns who has it then.
     *
     * @throws io.playlog.error.PlaylogException if that is not known
     */
    public Holder hold(Holder wanted) {
      BoundStatement renewal =
          update.bind(
              timeToLive,
              wanted.owner(),
              wanted.process(),
              wanted.checkpoint(),
              wanted.since(),
              wanted.renewedAt(),
              topic,
              wanted.owner());
      if (execute(renewal).wasApplied()) {
        return wanted;
      }
      ResultSet taken =
          execute(
              insert.bind(
                  wanted.owner(),
                  wanted.process(),
                  wanted.checkpoint(),
                  wanted.since(),
                  wanted.renewedAt(),
                  topic,
                  timeToLive));
      return taken.wasApplied() ? wanted : Holder.of(taken.one());
    }

    /** So that nobody has to wait until it expires. Of another owner's it does nothing. */
    public void release(Holder holder) {
      execute(delete.bind(topic, holder.owner()));
    }

    private ResultSet execute(BoundStatement statement) {
      return session.execute(statement.setTimeout(timeout));
    }
  }
}
