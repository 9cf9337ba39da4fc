package io.playlog.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.store.StoredListen;
import io.playlog.web.history.DateRange;
import io.playlog.web.history.History;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListenerPageTest {
  private static ListenerPage page(String from, String to, String... listens) {
    return page(ZoneOffset.UTC, from, to, listens);
  }

  private static ListenerPage page(ZoneId zone, String from, String to, String... listens) {
    DateRange range = new DateRange(LocalDate.parse(from), LocalDate.parse(to), zone);
    History history = new History(range);
    for (String listen : listens) {
      history.add(new StoredListen(Instant.parse(listen), "a", null, null, null), null);
    }
    return new ListenerPage("Ada", "", history, Optional.empty(), false);
  }

  @Test
  void weeksBeginOnMonday() {
    LocalDate sunday = LocalDate.of(2026, 11, 1);
    assertThat(page("2026-11-01", "2026-11-30").calendar().get("2026-11").get(0))
        .containsExactly(null, null, null, null, null, null, sunday);
    assertThat(page("2026-11-02", "2026-11-30").calendar().get("2026-11").get(0))
        .containsOnlyNulls();
  }

  @Test
  void aYearHasAllItsMonths() {
    assertThat(page("2024-01-01", "2024-12-31").calendar()).hasSize(12);
  }

  @Test
  void aLongRangeHasTheMonthsWithListens() {
    ListenerPage page =
        page("0001-01-01", "9999-12-31", "2019-02-03T10:00:00Z", "2026-11-01T10:00:00Z");
    assertThat(page.calendar()).containsOnlyKeys("2019-02", "2026-11");
  }

  @Test
  void whatIsNotKnownIsNotComplete() {
    ListenerPage page = page("2026-11-01", "2026-11-02");
    assertThat(page.isComplete()).isFalse();
    assertThat(page.isUnfinished(LocalDate.of(2026, 11, 1))).isTrue();
  }

  /** A plus sign that is not encoded is a space. */
  @Test
  void addressesTellTheZone() {
    ListenerPage page = page(ZoneId.of("+05:30"), "2026-01-01", "2026-12-31");
    assertThat(page.path(page.history().range()))
        .isEqualTo("/listeners/Ada?from=2026-01-01&to=2026-12-31&zone=%2B05%3A30");
    assertThat(page.yearPath()).isEqualTo("/listeners/Ada/2026?zone=%2B05%3A30");
    assertThat(page.isYear()).isTrue();
    assertThat(page("2026-01-01", "2026-12-30").isYear()).isFalse();
    assertThat(page("2026-01-01", "2027-12-31").isYear()).isFalse();
  }
}
