package io.playlog.jobs.forget;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.listen.Hour;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ListenerTimeTest {
  private static final Hour HOUR = Hour.parse("2026-11-22T13:00Z");
  private static final Instant HALF_PAST = HOUR.start().plusSeconds(1800);

  private static ListenerTime time(Instant from, Instant to) {
    return new ListenerTime("Ada", from, to);
  }

  @Test
  void wholeHours() {
    ListenerTime time = time(HOUR.start(), HOUR.next().end());
    assertThat(time.cutHours()).isEmpty();
    assertThat(time.firstHour()).isEqualTo(HOUR);
    assertThat(time.endHour()).isEqualTo(HOUR.next().next());
    assertThat(time.firstWholeHour()).isEqualTo(HOUR);
    assertThat(time.endOfWholeHours()).isEqualTo(HOUR.next().next());
    assertThat(time.holds(HOUR.previous())).isFalse();
    assertThat(time.holds(HOUR.next())).isTrue();
    assertThat(time.holds(HOUR.next().next())).isFalse();
  }

  @Test
  void partsOfHours() {
    ListenerTime time = time(HALF_PAST, HOUR.next().next().start().plusMillis(1));
    assertThat(time.cutHours()).containsExactly(HOUR, HOUR.next().next());
    assertThat(time.firstHour()).isEqualTo(HOUR);
    assertThat(time.firstWholeHour()).isEqualTo(HOUR.next());
    assertThat(time.endOfWholeHours()).isEqualTo(HOUR.next().next());
    assertThat(time.endHour()).isEqualTo(HOUR.next().next().next());
  }

  @Test
  void withinAnHourNoneIsWhole() {
    ListenerTime time = time(HALF_PAST, HALF_PAST.plusMillis(1));
    assertThat(time.cutHours()).containsExactly(HOUR);
    assertThat(time.firstWholeHour()).isEqualTo(HOUR.next());
    assertThat(time.endOfWholeHours()).isEqualTo(HOUR);
  }

  @Test
  void anOpenBoundCutsNothing() {
    assertThat(time(HALF_PAST, null).cutHours()).containsExactly(HOUR);
    assertThat(time(null, HALF_PAST).cutHours()).containsExactly(HOUR);
    ListenerTime all = time(null, null);
    assertThat(all.holds(HOUR)).isTrue();
    assertThat(all.holds(Hour.of(-1))).isTrue();
    assertThat(all.firstHour()).isLessThan(Hour.of(Instant.parse("-200000-01-01T00:00:00Z")));
    assertThat(all.endHour()).isGreaterThan(Hour.of(Instant.parse("+200000-01-01T00:00:00Z")));
  }

  @Test
  void whatDoesNotBelongToIt() {
    assertThat(time(null, null).others()).isEmpty();
    assertThat(time(HALF_PAST, null).others()).containsExactly(time(null, HALF_PAST));
    assertThat(time(HOUR.start(), HALF_PAST).others())
        .containsExactly(time(null, HOUR.start()), time(HALF_PAST, null));
  }

  @Test
  void isShownAsItWasAskedFor() {
    assertThat(time(null, null)).hasToString("of all times");
    assertThat(time(HALF_PAST, null)).hasToString("from 2026-11-22T13:30:00Z");
    assertThat(time(null, HALF_PAST)).hasToString("to 2026-11-22T13:30:00Z");
    assertThat(time(HOUR.start(), HALF_PAST))
        .hasToString("from 2026-11-22T13:00:00Z to 2026-11-22T13:30:00Z");
  }
}
