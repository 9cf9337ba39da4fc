package io.playlog.web.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.listen.Hour;
import io.playlog.store.Counts;
import io.playlog.store.Hours;
import io.playlog.store.ReportRuns.Run;
import io.playlog.web.sample.Snapshot;
import io.playlog.web.sample.Snapshot.Partition;
import io.playlog.web.sample.Snapshot.Reports;
import io.playlog.web.sample.Snapshot.Stream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StateMetricsTest {
  private static final Hour HOUR = Hour.parse("2026-11-22T13:00Z");
  private static final Instant FINISHED = Instant.parse("2026-11-22T14:01:02.500Z");

  private static List<String> lines(Snapshot snapshot) throws IOException {
    StateMetrics.Page page = new StateMetrics(() -> snapshot, "1.2.3").page(null);
    assertThat(page.contentType()).startsWith("text/plain");
    return new String(page.body(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("playlog_"))
        .toList();
  }

  private static Stream stream() {
    return new Stream(
        FINISHED,
        List.of(
            new Partition(0, 0, 90, 100, OptionalDouble.of(3024)),
            new Partition(1, 5, 7, 7, OptionalDouble.of(0))),
        new Counts(
            97,
            1,
            12,
            Map.of("not-json", 1L, "song-blank", 2L),
            Instant.parse("2026-11-22T13:59:00Z").toEpochMilli()),
        2,
        Optional.of(Duration.ofDays(7)),
        List.of(),
        Optional.of(FINISHED),
        OptionalLong.empty());
  }

  private static Reports reports() {
    TreeMap<Hour, Hours.State> hours = new TreeMap<>();
    hours.put(
        HOUR,
        new Hours.State(
            Map.of(),
            Optional.of(new Run(true, Map.of(), FINISHED, 1, 97, 5, FINISHED.minusMillis(2500)))));
    return new Reports(
        FINISHED.minusSeconds(40), hours, List.of(HOUR.previous()), Optional.empty());
  }

  @Test
  void whatIsKnownIsShown() throws IOException {
    Snapshot snapshot =
        new Snapshot(
            FINISHED,
            Optional.of(stream()),
            Optional.of(reports()),
            OptionalLong.of(3 << 20),
            List.of("a", "b"));

    assertThat(lines(snapshot))
        .containsExactlyInAnyOrder(
            "playlog_build_info{version=\"1.2.3\"} 1",
            "playlog_dead_letters_total{reason=\"not-json\"} 1.0",
            "playlog_dead_letters_total{reason=\"song-blank\"} 2.0",
            "playlog_listener_largest_partition_bytes 3145728.0",
            "playlog_listens_stored_total 97.0",
            "playlog_listens_unmatched_total 12.0",
            "playlog_newest_event_timestamp_seconds 1.79535594E9",
            "playlog_problems 2.0",
            "playlog_report_hours_due 1.0",
            "playlog_report_last_duration_seconds 2.5",
            "playlog_report_last_finished_timestamp_seconds 1.7953560625E9",
            "playlog_report_last_published_hour_timestamp_seconds 1.7953524E9",
            "playlog_report_oldest_hour_due_timestamp_seconds 1.7953488E9",
            "playlog_report_sample_timestamp_seconds 1.7953560225E9",
            "playlog_sample_timestamp_seconds 1.7953560625E9",
            "playlog_stream_held_by_transactions_messages 2.0",
            "playlog_stream_lag_messages{partition=\"0\"} 10.0",
            "playlog_stream_lag_messages{partition=\"1\"} 0.0",
            "playlog_stream_lag_of_retention_ratio{partition=\"0\"} 0.005",
            "playlog_stream_lag_of_retention_ratio{partition=\"1\"} 0.0",
            "playlog_stream_lag_seconds{partition=\"0\"} 3024.0",
            "playlog_stream_lag_seconds{partition=\"1\"} 0.0");
  }

  @Test
  void whatIsNotKnownIsAbsent() throws IOException {
    Snapshot nothing =
        new Snapshot(
            FINISHED,
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            List.of("no broker answers"));
    assertThat(lines(nothing))
        .extracting(line -> line.replaceFirst("[ {].*", ""))
        .containsExactlyInAnyOrder(
            "playlog_build_info", "playlog_problems", "playlog_sample_timestamp_seconds");
  }

  @Test
  void openMetricsIsSpokenToo() throws IOException {
    StateMetrics metrics =
        new StateMetrics(
            () ->
                new Snapshot(
                    FINISHED, Optional.empty(), Optional.empty(), OptionalLong.empty(), List.of()),
            "1");
    StateMetrics.Page page = metrics.page("application/openmetrics-text; version=1.0.0");
    assertThat(page.contentType()).startsWith("application/openmetrics-text");
    assertThat(new String(page.body(), StandardCharsets.UTF_8)).endsWith("# EOF\n");
  }
}
