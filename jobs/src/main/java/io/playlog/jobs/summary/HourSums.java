package io.playlog.jobs.summary;

import io.playlog.cassandra.ReplicaGroups;
import io.playlog.store.HourReader;
import io.playlog.store.SongsByHour.Plays;
import io.playlog.store.Summaries;
import io.playlog.store.Summaries.Found;
import io.playlog.store.Summaries.Summary;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sums up listeners of an hour, each one's slice of {@code records}, and writes their summaries. A
 * report costs what its hour costs.
 */
final class HourSums {
  private static final CompletionStage<Map<String, Found>> NONE_THERE =
      CompletableFuture.completedFuture(Map.of());

  private final Summaries summaries;
  private final PlannedHour planned;
  private final boolean mayHaveExpired;
  private final AtomicReference<Totals> totals = new AtomicReference<>(Totals.NONE);
  private final Map<String, Plays> songs = new ConcurrentHashMap<>();

  /**
   * @param mayHaveExpired whether rows of the hour may have: then a summary stays that counts more
   *     listens than are left
   */
  HourSums(Summaries summaries, PlannedHour planned, boolean mayHaveExpired) {
    this.summaries = summaries;
    this.planned = planned;
    this.mayHaveExpired = mayHaveExpired;
  }

  /**
   * What was summed up.
   *
   * @param newestFound write timestamp of the newest summary that was there, at most; one that is
   *     not below the report's own was not replaced
   * @param kept summaries that stay, since listens of theirs have expired
   */
  record Totals(long listens, int listeners, long newestFound, int kept) implements Serializable {
    static final Totals NONE = new Totals(0, 0, Long.MIN_VALUE, 0);

    static Totals found(long writeTime) {
      return new Totals(0, 0, writeTime, 0);
    }

    Totals plus(Totals other) {
      return new Totals(
          listens + other.listens,
          listeners + other.listeners,
          Math.max(newestFound, other.newestFound),
          kept + other.kept);
    }
  }

  /** Begins to read listeners' slices, and to write what they say; the reader waits for both. */
  void read(Iterable<String> names, ReplicaGroups groups, HourReader reader)
      throws InterruptedException {
    for (String name : names) {
      List<String> group = groups.add(name);
      if (!group.isEmpty()) {
        read(group, reader);
      }
    }
    for (List<String> group : groups.rest()) {
      read(group, reader);
    }
  }

  private void read(List<String> names, HourReader reader) throws InterruptedException {
    Map<String, Summarizer> summarizers = new HashMap<>();
    names.forEach(name -> summarizers.put(name, new Summarizer()));
    CompletionStage<Map<String, Found>> found =
        planned.publishedBefore() ? summaries.find(names, planned.hour()) : NONE_THERE;
    reader.read(
        names,
        planned.hour().start(),
        planned.hour().end(),
        (name, listen) -> summarizers.get(name).add(listen),
        () -> {
          for (Summarizer each : summarizers.values()) {
            each.forEachSong((song, plays) -> songs.merge(song, plays, Plays::plus));
          }
          return found.thenCompose(there -> replace(there, summarizers));
        });
  }

  /**
   * @param there the summaries that are there
   */
  private CompletionStage<?> replace(
      Map<String, Found> there, Map<String, Summarizer> summarizers) {
    Map<String, Optional<Summary>> replaced = new HashMap<>();
    summarizers.forEach(
        (name, summarizer) -> {
          Optional<Found> found = Optional.ofNullable(there.get(name));
          int before = found.map(Found::songsListened).orElse(0);
          if (mayHaveExpired && before > summarizer.listened()) {
            add(new Totals(before, 1, Long.MIN_VALUE, 1));
            return;
          }
          found.ifPresent(row -> add(Totals.found(row.writeTime())));
          if (!summarizer.isEmpty()) {
            Summary summary = summarizer.summary();
            add(new Totals(summary.songsListened(), 1, Long.MIN_VALUE, 0));
            replaced.put(name, Optional.of(summary));
          } else if (found.isPresent()) {
            replaced.put(name, Optional.empty());
          }
        });
    return replaced.isEmpty()
        ? NONE_THERE
        : summaries.write(replaced, planned.hour(), planned.timestamp());
  }

  private void add(Totals more) {
    totals.accumulateAndGet(more, Totals::plus);
  }

  PlannedHour planned() {
    return planned;
  }

  /** After the reader has waited for all. */
  Totals totals() {
    return totals.get();
  }

  /** After the reader has waited for all: of all listeners, by name. */
  Map<String, Plays> songs() {
    return songs;
  }
}
