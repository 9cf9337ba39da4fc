package io.playlog.web;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.playlog.listen.Hour;
import io.playlog.store.Hours;
import io.playlog.store.ReportRuns.Run;
import io.playlog.store.SongsByHour;
import io.playlog.store.SongsByHour.Plays;
import io.playlog.web.sample.TopSongs;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/**
 * The songs that were played most in an hour. To find them all of its songs are read, which may be
 * tens of thousands, so those of a published hour are kept for whoever looks at it next.
 */
final class HourSongs {
  private static final int SONGS = 100;

  /** Some megabytes. */
  private static final int HOURS = 200;

  private final AsyncCache<Report, TopSongs> kept =
      Caffeine.newBuilder().maximumSize(HOURS).buildAsync();

  /** An hour that is published again has another one. */
  private record Report(Hour hour, Instant finishedAt) {}

  /** As {@link SongsByHour#forEach(Hour, BiConsumer)}. */
  interface Reading {
    CompletionStage<Void> forEach(Hour hour, BiConsumer<String, Plays> song);
  }

  /**
   * @param state of the hour; what an unfinished report has written so far is not kept
   */
  CompletableFuture<TopSongs> read(Reading songs, Hour hour, Hours.State state) {
    Optional<Instant> finished = state.run().filter(Run::complete).map(Run::finishedAt);
    return finished.isEmpty()
        ? read(songs, hour)
        : kept.get(new Report(hour, finished.get()), (report, executor) -> read(songs, hour));
  }

  private static CompletableFuture<TopSongs> read(Reading songs, Hour hour) {
    TopSongs most = new TopSongs(SONGS);
    return songs.forEach(hour, most::add).thenApply(done -> most).toCompletableFuture();
  }
}
