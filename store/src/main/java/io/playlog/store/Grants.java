package io.playlog.store;

import static java.util.Map.entry;

import io.playlog.cassandra.CassandraSession;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tables that a job reads and writes, and so the permissions that its role needs. They are
 * tried before it begins: Cassandra looks at one when it is used, which may be in the middle of the
 * work.
 *
 * @param select tables that are read
 * @param modify tables that are written
 */
public record Grants(Set<String> select, Set<String> modify) {
  private static final Grants NONE = new Grants(Set.of(), Set.of());

  /** By the job's command; {@code docs/cluster.md} has the same. */
  static final Map<String, Grants> OF_JOBS =
      Map.ofEntries(
          entry(
              "stream",
              new Grants(
                  Set.of(
                      "hours_touched",
                      "stream_progress",
                      "stream_lease",
                      "forgotten",
                      "skipped_offsets"),
                  Set.of(
                      "records",
                      "listeners_by_hour",
                      "listeners",
                      "days_touched",
                      "hours_touched",
                      "stream_progress",
                      "stream_lease",
                      "forgotten"))),
          entry(
              "hourly-summary",
              new Grants(
                  Set.of(
                      "records",
                      "listeners_by_hour",
                      "hours_touched",
                      "hour_marks",
                      "stream_progress",
                      "forgotten",
                      "days_touched",
                      "report_runs",
                      "user_hourly_summary",
                      "songs_by_hour"),
                  Set.of("days_touched", "report_runs", "user_hourly_summary", "songs_by_hour"))),
          entry(
              "audit",
              new Grants(
                  Set.of(
                      "records",
                      "listeners_by_hour",
                      "stream_progress",
                      "forgotten",
                      "skipped_offsets"),
                  Set.of())),
          entry(
              "audit --repair",
              new Grants(
                  Set.of(),
                  Set.of(
                      "records", "listeners_by_hour", "listeners", "days_touched", "hour_marks"))),
          entry(
              "rematch",
              new Grants(
                  Set.of(
                      "hours_touched",
                      "report_runs",
                      "forgotten",
                      "records",
                      "listeners_by_hour",
                      "days_touched",
                      "hour_marks"),
                  Set.of(
                      "listeners", "records", "listeners_by_hour", "days_touched", "hour_marks"))),
          entry(
              "replay-dead-letters", new Grants(Set.of("forgotten", "skipped_offsets"), Set.of())),
          entry(
              "forget",
              new Grants(
                  Set.of(
                      "hours_touched",
                      "report_runs",
                      "stream_progress",
                      "stream_lease",
                      "skipped_offsets",
                      "records",
                      "listeners_by_hour",
                      "listeners",
                      "user_hourly_summary",
                      "days_touched",
                      "hour_marks",
                      "forgotten",
                      "submission_tokens_by_listener",
                      "submission_tokens"),
                  Set.of(
                      "records",
                      "listeners_by_hour",
                      "listeners",
                      "user_hourly_summary",
                      "days_touched",
                      "hour_marks",
                      "forgotten",
                      "submission_tokens_by_listener",
                      "submission_tokens"))),
          entry("export", new Grants(Set.of("records"), Set.of())),
          entry(
              "skip-unreadable", new Grants(Set.of("skipped_offsets"), Set.of("skipped_offsets"))),
          entry(
              "status",
              new Grants(
                  Set.of(
                      "stream_progress",
                      "days_touched",
                      "hours_touched",
                      "hour_marks",
                      "report_runs"),
                  Set.of())));

  /**
   * @param job its command, with the option that makes it need more
   */
  public static Grants of(String job) {
    return OF_JOBS.getOrDefault(job, NONE);
  }

  /**
   * @throws io.playlog.error.PlaylogException if a permission is missing
   */
  public void require(CassandraSession session) {
    select.stream().sorted().forEach(table -> attempt(session, "SELECT * FROM %%s.%s %s", table));
    modify.stream().sorted().forEach(table -> attempt(session, "DELETE FROM %%s.%s %s", table));
  }

  /** Of no row: a partition whose key is one of none is read from no disk, and none is deleted. */
  private static void attempt(CassandraSession session, String cql, String table) {
    String ofNone =
        session.partitionKey(table).stream()
            .map(column -> column + " IN ()")
            .collect(Collectors.joining(" AND ", "WHERE ", ""));
    session.execute(session.prepare(cql.formatted(table, ofNone)).bind());
  }
}
