package io.playlog.store;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.playlog.cassandra.CassandraSession;
import io.playlog.listen.Hour;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/**
 * The table {@code hour_marks}: makes hours due whose records a command changes. Before the first
 * change, so that a command that is killed leaves no changed hour behind that is not due; and after
 * the last, so that a report that read in between is repeated.
 */
public final class HourMarks {
  private static final int BEGUN = 1;

  /** By another run; one that was not dead but slow still ends above it. */
  private static final int CLOSED = 2;

  private static final int DONE = 3;

  private static final String INSERT =
      "INSERT INTO %s.hour_marks (day, hour, mark, command, step) VALUES (?, ?, ?, ?, ?)"
          + " USING TIMESTAMP ?";
  private static final String SELECT = "SELECT hour, mark, step FROM %s.hour_marks WHERE day = ?";
  private static final String SELECT_HOUR =
      "SELECT mark, command, step FROM %s.hour_marks WHERE day = ? AND hour = ?";

  private final CassandraSession session;
  private final DaysTouched days;
  private final String command;
  private final UUID mark;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final PreparedStatement selectHour;

  /**
   * @param command that changes records
   * @param mark of this run of it, the same on all executors
   */
  public HourMarks(CassandraSession session, String command, UUID mark) {
    this.session = session;
    this.days = new DaysTouched(session);
    this.command = command;
    this.mark = mark;
    this.insert = session.prepare(INSERT);
    this.select = session.prepare(SELECT);
    this.selectHour = session.prepare(SELECT_HOUR);
  }

  /** For readers, who mark nothing. */
  HourMarks(CassandraSession session) {
    this(session, null, null);
  }

  public void begin(Hour hour) {
    days.add(hour.day());
    write(hour, mark, BEGUN);
  }

  public void end(Hour hour) {
    days.add(hour.day());
    write(hour, mark, DONE);
  }

  private void write(Hour hour, UUID mark, int step) {
    session.execute(insert.bind(hour.day(), hour.start(), mark, command, step, Long.valueOf(step)));
  }

  /**
   * Closes the marks of other runs of this command that have begun to change the hour and not come
   * to their end; tells whether there was one.
   */
  public boolean closeOthers(Hour hour) {
    List<UUID> open =
        session.execute(selectHour.bind(hour.day(), hour.start())).all().stream()
            .filter(row -> command.equals(row.getString(1)) && row.getInt(2) == BEGUN)
            .map(row -> row.getUuid(0))
            .filter(other -> !other.equals(mark))
            .toList();
    open.forEach(other -> write(hour, other, CLOSED));
    return !open.isEmpty();
  }

  /**
   * Reads a day.
   *
   * @param found called with each hour, and its step by mark
   */
  CompletionStage<Void> read(LocalDate day, BiConsumer<Hour, Map.Entry<String, Long>> found) {
    return session.forEach(
        select.bind(day),
        row ->
            found.accept(
                Hour.of(row.getInstant(0)),
                Map.entry(row.getUuid(1).toString(), (long) row.getInt(2))));
  }
}
