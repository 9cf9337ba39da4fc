package io.playlog.jobs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.store.TimeToLive;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExpiryTest {
  private static final Instant NOW = Instant.parse("2026-11-22T13:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private static Entry listen(Duration age) {
    return new Entry("Ada", 0, "s", 0, 0, null, NOW.minus(age).toEpochMilli());
  }

  private static Expiry expiry(Duration timeToLive, boolean stampedByBroker) {
    return new Expiry(new TimeToLive(timeToLive), stampedByBroker);
  }

  @Test
  void whatIsYoungerThanTheTimeToLiveIsNeverExpired() {
    Expiry.AsOf now = expiry(DAY, true).asOf(NOW);

    assertThat(now.isExpired(listen(Duration.ZERO))).isFalse();
    assertThat(now.isExpired(listen(DAY.minusSeconds(1)))).isFalse();
    assertThat(now.isExpired(listen(DAY))).isTrue();
    assertThat(now.isExpired(listen(Duration.ofDays(999)))).isTrue();
  }

  @Test
  void cassandraCountsWholeSeconds() {
    Expiry.AsOf now = expiry(DAY, true).asOf(NOW);

    assertThat(now.isExpired(listen(DAY.minusMillis(999)))).isTrue();
    assertThat(now.mayHaveExpired(listen(DAY.minusMillis(1001)))).isFalse();
  }

  @Test
  void withoutATimeToLiveNothingIs() {
    Expiry forEver = expiry(Duration.ZERO, true);

    assertThat(forEver.asOf(NOW).isExpired(listen(Duration.ofDays(999)))).isFalse();
    assertThat(forEver.asOf(NOW).mayHaveExpired(listen(Duration.ofDays(999)))).isFalse();
    assertThat(forEver.canTell()).isFalse();
    assertThat(forEver.note("t")).isEmpty();
  }

  @Test
  void aTimestampOfTheProducersProvesNothing() {
    Expiry unsure = expiry(DAY, false);

    assertThat(unsure.asOf(NOW).isExpired(listen(DAY))).isFalse();
    assertThat(unsure.asOf(NOW).mayHaveExpired(listen(DAY))).isTrue();
    assertThat(unsure.asOf(NOW).mayHaveExpired(listen(Duration.ZERO))).isFalse();
    assertThat(unsure.canTell()).isFalse();
    assertThat(unsure.note("t")).hasValueSatisfying(note -> assertThat(note).contains("86400 s"));
  }

  @Test
  void deadLettersDoNotExpire() {
    Entry invalid = new Entry(null, 0, null, 0, 0, "not-json", 0);
    assertThat(expiry(DAY, true).asOf(NOW).isExpired(invalid)).isFalse();
  }
}
