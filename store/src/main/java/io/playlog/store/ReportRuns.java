package io.playlog.store;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.playlog.cassandra.CassandraSession;
import io.playlog.listen.Hour;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** The table {@code report_runs}: the last report of each hour, and what it has read. */
public final class ReportRuns {
  private static final String PUBLISHING = "publishing";
  private static final String COMPLETE = "complete";

  private static final String COLUMNS =
      "hour, state, covered, finished_at, writetime(state), listens, listeners, started_at";
  private static final String SELECT_DAY =
      "SELECT " + COLUMNS + " FROM %s.report_runs WHERE day = ?";
  private static final String SELECT = SELECT_DAY + " AND hour = ?";
  private static final String BEGIN =
      "INSERT INTO %s.report_runs (day, hour, state, started_at) VALUES (?, ?, ?, ?)"
          + " USING TIMESTAMP ?";
  private static final String END =
      "INSERT INTO %s.report_runs (day, hour, state, listens, listeners, covered, finished_at)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?";

  private final CassandraSession session;
  private final DaysTouched days;
  private final PreparedStatement selectDay;
  private final PreparedStatement select;
  private final PreparedStatement begin;
  private final PreparedStatement end;

  public ReportRuns(CassandraSession session) {
    this.session = session;
    this.days = new DaysTouched(session);
    this.selectDay = session.prepare(SELECT_DAY);
    this.select = session.prepare(SELECT);
    this.begin = session.prepare(BEGIN);
    this.end = session.prepare(END);
  }

  /**
   * The last run of an hour.
   *
   * @param covered what {@code hours_touched} and {@code hour_marks} held before the records were
   *     read
   * @param finishedAt of the last run that came to its end; null if none did
   * @param startedAt of the last run, whether or not it came to its end
   * @param writeTime that a later run has to exceed
   * @param listens that the last run which came to its end has read; 0 if none did
   * @param listeners of these listens
   */
  public record Run(
      boolean complete,
      Map<String, Long> covered,
      Instant finishedAt,
      long writeTime,
      long listens,
      int listeners,
      Instant startedAt) {}

  public Optional<Run> read(Hour hour) {
    return Optional.ofNullable(session.execute(select.bind(hour.day(), hour.start())).one())
        .map(ReportRuns::run);
  }

  /** Reads a day. */
  CompletionStage<Void> read(LocalDate day, BiConsumer<Hour, Run> run) {
    return session.forEach(
        selectDay.bind(day), row -> run.accept(Hour.of(row.getInstant(0)), run(row)));
  }

  private static Run run(Row row) {
    return new Run(
        COMPLETE.equals(row.getString(1)),
        row.getMap(2, String.class, Long.class),
        row.getInstant(3),
        row.getLong(4),
        row.getLong(5),
        row.getInt(6),
        row.getInstant(7));
  }

  /**
   * @param timestamp of this row and of the report's summaries, above those of the report before
   */
  public CompletionStage<?> begin(Hour hour, Instant startedAt, long timestamp) {
    days.add(hour.day());
    return session.executeAsync(
        begin.bind(hour.day(), hour.start(), PUBLISHING, startedAt, timestamp));
  }

  /**
   * @param timestamp as it was begun with
   */
  public CompletionStage<?> end(
      Hour hour, long listens, int listeners, Map<String, Long> covered, long timestamp) {
    return session.executeAsync(
        end.bind(
            hour.day(),
            hour.start(),
            COMPLETE,
            listens,
            listeners,
            covered,
            Instant.now(),
            // Of two cells with the same timestamp Cassandra keeps the larger one, "publishing".
            timestamp + 1));
  }
}
