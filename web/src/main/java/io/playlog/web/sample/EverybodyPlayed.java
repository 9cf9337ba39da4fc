package io.playlog.web.sample;

import io.playlog.listen.Hour;
import io.playlog.store.Hours;
import io.playlog.store.ReportRuns.Run;
import io.playlog.store.SongsByHour;
import io.playlog.threads.DaemonThreads;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The songs that all listeners together played most, in the last published hour and its day. Read
 * by a thread of its own: a day may have millions of songs, and nothing else is to wait for them.
 */
final class EverybodyPlayed implements AutoCloseable {
  private static final int MOST = 10;

  /** Mostly it is there with the sample that asks for it. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Reader reader;
  private final Duration patience;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(new DaemonThreads("everybody-played"));
  private Map<Hour, Instant> readFrom = Map.of();
  private Optional<Snapshot.Played> found = Optional.empty();
  private Optional<Reading> underWay = Optional.empty();

  /** Reads songs. */
  interface Reader {
    Snapshot.Played read(Hour last, Collection<Hour> hours);
  }

  /**
   * @param from the hours, and when their reports came to their ends
   */
  private record Reading(Map<Hour, Instant> from, CompletableFuture<Snapshot.Played> played) {}

  EverybodyPlayed(SongsByHour songsByHour) {
    this((last, hours) -> read(songsByHour, last, hours), PATIENCE);
  }

  EverybodyPlayed(Reader reader, Duration patience) {
    this.reader = reader;
    this.patience = patience;
  }

  /**
   * What was found last; read again if a report of the day has come to its end since.
   *
   * @return empty without any such report, and until they are read
   */
  Optional<Snapshot.Played> read(NavigableMap<Hour, Hours.State> hours)
      throws InterruptedException {
    Optional<Hour> last = Hours.lastPublished(hours);
    if (last.isEmpty()) {
      return Optional.empty();
    }
    Map<Hour, Instant> published = published(hours, last.get().day());
    if (underWay.isEmpty() && !published.equals(readFrom)) {
      underWay =
          Optional.of(
              new Reading(
                  published,
                  CompletableFuture.supplyAsync(
                      () -> reader.read(last.get(), published.keySet()), thread)));
    }
    if (underWay.isPresent()) {
      take(underWay.get());
    }
    return found;
  }

  private static Map<Hour, Instant> published(
      NavigableMap<Hour, Hours.State> hours, LocalDate day) {
    Map<Hour, Instant> published = new TreeMap<>();
    hours.forEach(
        (hour, state) -> {
          if (hour.day().equals(day) && state.run().filter(Run::complete).isPresent()) {
            published.put(hour, state.run().get().finishedAt());
          }
        });
    return published;
  }

  private void take(Reading reading) throws InterruptedException {
    try {
      found = Optional.of(reading.played().get(patience.toNanos(), TimeUnit.NANOSECONDS));
      readFrom = reading.from();
      underWay = Optional.empty();
    } catch (TimeoutException e) {
      // A later sample has it.
    } catch (ExecutionException e) {
      underWay = Optional.empty();
      throw new IllegalStateException(e.getCause());
    }
  }

  private static Snapshot.Played read(SongsByHour songsByHour, Hour last, Collection<Hour> hours) {
    TopSongs ofHour = new TopSongs(MOST);
    songsByHour.forEach(last, ofHour::add).toCompletableFuture().join();
    TopSongs ofDay = new TopSongs(MOST);
    songsByHour.forEach(hours, ofDay::add);
    return new Snapshot.Played(last, hours.size(), ofHour.songs(), ofDay.songs());
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
