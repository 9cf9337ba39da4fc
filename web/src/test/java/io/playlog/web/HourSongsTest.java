package io.playlog.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playlog.listen.Hour;
import io.playlog.store.Hours;
import io.playlog.store.ReportRuns.Run;
import io.playlog.store.SongsByHour.Plays;
import io.playlog.web.sample.Snapshot.SongPlays;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class HourSongsTest {
  private static final Hour HOUR = Hour.of(Instant.parse("2026-11-22T13:00:00Z"));
  private static final Instant FINISHED = Instant.parse("2026-11-22T14:05:00Z");

  private final HourSongs songs = new HourSongs();
  private int reads;

  private CompletionStage<Void> table(Hour hour, BiConsumer<String, Plays> song) {
    reads++;
    song.accept("read " + reads, new Plays(1, 1, null));
    return CompletableFuture.completedFuture(null);
  }

  private String most(Hour hour, Hours.State state) {
    return songs.read(this::table, hour, state).join().songs().stream()
        .map(SongPlays::song)
        .findFirst()
        .orElseThrow();
  }

  private static Hours.State published(Instant finishedAt) {
    return reported(true, finishedAt);
  }

  private static Hours.State reported(boolean complete, Instant finishedAt) {
    Run run = new Run(complete, Map.of(), finishedAt, 1, 97, 5, FINISHED);
    return new Hours.State(Map.of(), Optional.of(run));
  }

  @Test
  void ofAReportTheyAreReadOnce() {
    assertThat(most(HOUR, published(FINISHED))).isEqualTo("read 1");
    assertThat(most(HOUR, published(FINISHED))).isEqualTo("read 1");
    assertThat(most(HOUR.next(), published(FINISHED))).isEqualTo("read 2");
  }

  @Test
  void afterAnotherReportTheyAreReadAgain() {
    assertThat(most(HOUR, published(FINISHED))).isEqualTo("read 1");
    assertThat(most(HOUR, published(FINISHED.plusSeconds(60)))).isEqualTo("read 2");
  }

  @Test
  void ofAnUnfinishedReportTheyAreReadEachTime() {
    assertThat(most(HOUR, published(FINISHED))).isEqualTo("read 1");
    assertThat(most(HOUR, reported(false, FINISHED))).isEqualTo("read 2");
    assertThat(most(HOUR, reported(false, FINISHED))).isEqualTo("read 3");
    assertThat(most(HOUR, Hours.State.NONE)).isEqualTo("read 4");
  }

  @Test
  void aReadThatFailsIsTriedAgain() {
    CompletableFuture<?> failed =
        songs.read(
            (hour, song) -> CompletableFuture.failedFuture(new IllegalStateException("no answer")),
            HOUR,
            published(FINISHED));
    assertThatThrownBy(failed::join).hasMessageContaining("no answer");
    assertThat(most(HOUR, published(FINISHED))).isEqualTo("read 1");
  }
}
