package io.playlog.jobs.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PublicationTest {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATE = Duration.ofSeconds(11);

  @Test
  void portionsGrowWhileTheyAreDoneSoon() {
    assertThat(Publication.following(1, SOON)).isEqualTo(64);
    assertThat(Publication.following(64, SOON)).isEqualTo(128);
    assertThat(Publication.following(2048, SOON)).isEqualTo(2048);
  }

  @Test
  void onesThatTakeLongAreHalved() {
    assertThat(Publication.following(128, LATE)).isEqualTo(64);
    assertThat(Publication.following(1, LATE)).isEqualTo(1);
  }
}
