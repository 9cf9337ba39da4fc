package io.playlog.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.playlog.listen.Hour;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusTest {
  @Test
  void fieldsAreTextsAndNumbers() {
    Instant newest = Instant.parse("2026-11-22T13:59:59Z");
    Status status =
        new Status(
            3,
            2,
            Optional.of(newest),
            7,
            new Counts(1000, 5, 2, Map.of("not-json", 1L, "no-value", 3L), newest.toEpochMilli()),
            Optional.of(Hour.parse("2026-11-22T12:00Z")),
            Optional.of(Instant.parse("2026-11-22T13:01:10Z")),
            List.of(Hour.parse("2026-11-22T12:00Z"), Hour.parse("2003-02-01T04:00Z")));
    assertThat(status.fields())
        .containsExactly(
            entry("lag", 3L),
            entry("lag_overdue", 2L),
            entry("last_stored", "2026-11-22T13:59:59Z"),
            entry("held_by_transactions", 7L),
            entry("listens_stored", 1000L),
            entry("unmatched", 2L),
            entry("dead_letters", 4L),
            entry("dead_letters_by_reason", Map.of("not-json", 1L, "no-value", 3L)),
            entry("newest_event", "2026-11-22T13:59:59Z"),
            entry("last_published_hour", "2026-11-22T12:00:00Z"),
            entry("last_report_finished", "2026-11-22T13:01:10Z"),
            entry("hours_due", 2),
            entry("oldest_hour_due", "2003-02-01T04:00:00Z"),
            entry("newest_hour_due", "2026-11-22T12:00:00Z"));
  }

  @Test
  void whatIsNotThereIsNull() {
    assertThat(
            new Status(
                    0,
                    0,
                    Optional.empty(),
                    0,
                    Counts.NONE,
                    Optional.empty(),
                    Optional.empty(),
                    List.of())
                .fields())
        .contains(
            entry("last_stored", null),
            entry("newest_event", null),
            entry("last_published_hour", null),
            entry("last_report_finished", null),
            entry("hours_due", 0),
            entry("oldest_hour_due", null),
            entry("newest_hour_due", null));
  }
}
