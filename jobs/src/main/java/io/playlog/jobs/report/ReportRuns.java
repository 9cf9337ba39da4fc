package io.playlog.jobs.report;

import com.datastax.oss.driver.api.core.cql.Row;
import io.playlog.jobs.cassandra.CassandraSession;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** The table {@code report_runs}. */
public final class ReportRuns {
  private static final String PUBLISHING = "publishing";
  private static final String COMPLETE = "complete";

  private static final String SELECT =
      "SELECT state, offsets FROM %s.report_runs WHERE day = ? AND hour = ?";
  private static final String BEGIN =
      "INSERT INTO %s.report_runs (day, hour, state, started_at) VALUES (?, ?, ?, ?)";
  private static final String END =
      "INSERT INTO %s.report_runs (day, hour, state, listens, listeners, offsets, finished_at)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?)";

  private final CassandraSession session;

  public ReportRuns(CassandraSession session) {
    this.session = session;
  }

  /**
   * The last run of an hour.
   *
   * @param offsets what {@link io.playlog.jobs.progress.HoursTouched} held before the records were
   *     read
   */
  public record Run(boolean complete, Map<String, Long> offsets) {}

  public Optional<Run> read(Instant hour) {
    Row row = session.execute(SELECT, day(hour), hour).one();
    return Optional.ofNullable(row)
        .map(
            found ->
                new Run(
                    COMPLETE.equals(found.getString("state")),
                    found.getMap("offsets", String.class, Long.class)));
  }

  void begin(Instant hour, Instant startedAt) {
    session.execute(BEGIN, day(hour), hour, PUBLISHING, startedAt);
  }

  void end(Instant hour, HourTotals totals, Map<String, Long> offsets) {
    session.execute(
        END,
        day(hour),
        hour,
        COMPLETE,
        totals.listens(),
        totals.listeners(),
        offsets,
        Instant.now());
  }

  private static LocalDate day(Instant hour) {
    return LocalDate.ofInstant(hour, ZoneOffset.UTC);
  }
}
