package io.playlog.jobs.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.store.StoredListen;
import io.playlog.store.StoredListen.Features;
import io.playlog.store.Summaries.Summary;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummarizerTest {
  private static StoredListen matched(String song, String artists, int ms, double value) {
    return new StoredListen(
        Instant.EPOCH, song, artists, null, new Features(ms, value, value, value, value));
  }

  private static StoredListen unmatched(String song) {
    return new StoredListen(Instant.EPOCH, song, null, null, null);
  }

  private static Summary summary(StoredListen... listens) {
    Summarizer summarizer = new Summarizer();
    List.of(listens).forEach(summarizer::add);
    return summarizer.summary();
  }

  @Test
  void sumsUp() {
    assertThat(
            summary(
                matched("a", "X, Y", 1000, 0.25),
                matched("b", "Z", 2000, 0.75),
                matched("a", "X, Y", 1000, 0.5)))
        .isEqualTo(new Summary(3, 3, 2, 4000, 0.5, 0.5, 0.5, 0.5, "a", "X, Y"));
  }

  @Test
  void unmatchedListensCountButHaveNoFeatures() {
    assertThat(summary(unmatched("u"), unmatched("u"), matched("a", "X", 1000, 0.5)))
        .isEqualTo(new Summary(3, 1, 2, 1000, 0.5, 0.5, 0.5, 0.5, "u", "X"));
  }

  @Test
  void whatWasReallyPlayedCountsWhereItIsKnown() {
    StoredListen skipped =
        new StoredListen(Instant.EPOCH, "a", "X", 30, new Features(1000, 0.5, 0.5, 0.5, 0.5));
    StoredListen unmatched = new StoredListen(Instant.EPOCH, "u", null, 200, null);
    StoredListen notAtAll =
        new StoredListen(Instant.EPOCH, "b", "X", 0, new Features(1000, 0.5, 0.5, 0.5, 0.5));

    assertThat(
            summary(skipped, unmatched, notAtAll, matched("c", "X", 4000, 0.5), unmatched("u"))
                .listenedMs())
        .isEqualTo(4230);
  }

  @Test
  void artistsThatOnlyTheMessageNamesCount() {
    StoredListen unmatched = new StoredListen(Instant.EPOCH, "u", "Y", null, null);
    Summary summary = summary(unmatched, matched("a", "X", 1000, 0.5), unmatched);

    assertThat(summary.topArtist()).isEqualTo("Y");
    assertThat(summary.songsMatched()).isEqualTo(1);
    assertThat(summary.avgEnergy()).isEqualTo(0.5);
    assertThat(summary(unmatched).topArtist()).isEqualTo("Y");
  }

  @Test
  void withoutMatchedListensThereAreNoAverages() {
    assertThat(summary(unmatched("u")))
        .isEqualTo(new Summary(1, 0, 1, 0, null, null, null, null, "u", null));
  }

  /** U+FF5E is below U+1F3B5 as a code point, and above it in Java's order of UTF-16 units. */
  @Test
  void tiesGoToTheLowestCodePoint() {
    assertThat(summary(unmatched("\uD83C\uDFB5"), unmatched("\uFF5E")).topSong())
        .isEqualTo("\uFF5E");
    assertThat(summary(unmatched("b"), unmatched("a"), unmatched("B")).topSong()).isEqualTo("B");
  }
}
