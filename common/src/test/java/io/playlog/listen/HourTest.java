package io.playlog.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.api.Test;

class HourTest {
  private static final Hour HOUR = Hour.parse("2026-11-22T13:00Z");
  private static final long START = Instant.parse("2026-11-22T13:00:00Z").toEpochMilli();

  @Test
  void isHalfOpen() {
    assertThat(Hour.of(START)).isEqualTo(HOUR);
    assertThat(Hour.of(START + 3_599_999)).isEqualTo(HOUR);
    assertThat(Hour.of(START - 1)).isEqualTo(HOUR.previous());
    assertThat(HOUR.end()).isEqualTo(Instant.parse("2026-11-22T14:00:00Z"));
  }

  @Test
  void isCountedAlsoBeforeTheEpoch() {
    assertThat(Hour.of(-1).start()).isEqualTo(Instant.parse("1969-12-31T23:00:00Z"));
  }

  @Test
  void belongsToADayOfUtc() {
    assertThat(Hour.parse("2026-11-22T23:00Z").day()).isEqualTo(LocalDate.of(2026, 11, 22));
    assertThat(Hour.parse("2026-11-22T23:00Z").next().day()).isEqualTo(LocalDate.of(2026, 11, 23));
  }

  @Test
  void isReadWithItsZone() {
    assertThat(Hour.parse("2026-11-22T14:00:00+01:00")).isEqualTo(HOUR);
    assertThat(HOUR).hasToString("2026-11-22T13:00:00Z");
    for (String text :
        new String[] {
          "2026-11-22T13:30Z", "2026-11-22T13:00", "yesterday", "+999999999-12-31T23:00Z"
        }) {
      assertThatThrownBy(() -> Hour.parse(text)).isInstanceOf(DateTimeParseException.class);
    }
  }
}
