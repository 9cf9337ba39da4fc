package io.playlog.jobs.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventHourTest {
  @Test
  void hoursAreHalfOpen() {
    Instant hour = Instant.parse("2026-11-22T13:00:00Z");
    assertThat(EventHour.of(hour.toEpochMilli())).isEqualTo(hour);
    assertThat(EventHour.of(hour.toEpochMilli() + 3_599_999)).isEqualTo(hour);
    assertThat(EventHour.of(hour.toEpochMilli() - 1)).isEqualTo(hour.minusSeconds(3600));
  }

  @Test
  void anHourIsOlderThanAnAgeIfItEndedBeforeTheHourThatBeganSoLongAgo() {
    Duration age = Duration.ofHours(2);
    long now = Instant.parse("2026-11-22T15:59:00Z").toEpochMilli();
    long oldest = Instant.parse("2026-11-22T13:00:00Z").toEpochMilli();
    assertThat(EventHour.isOlder(oldest, age, now)).isFalse();
    assertThat(EventHour.isOlder(oldest - 1, age, now)).isTrue();
    assertThat(EventHour.isOlder(oldest, age, now + 60_000)).isTrue();
  }

  /** Stored data depends on these; computed with Python's zlib.crc32(name.encode()) % 16. */
  @ParameterizedTest
  @CsvSource({"Ada Lovelace, 7", "Zoë Ångström, 10", "Наталья, 11"})
  void shardsNeverChange(String name, int expected) {
    assertThat(EventHour.shard(name)).isEqualTo(expected);
  }
}
