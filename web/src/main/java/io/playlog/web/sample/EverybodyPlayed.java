package io.playlog.web.sample;

import io.playlog.listen.Hour;
import io.playlog.store.Hours;
import io.playlog.store.ReportRuns.Run;
import io.playlog.store.SongsByHour;
import io.playlog.store.SongsByHour.Plays;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The songs that all listeners together played most, in the last published hour and its day. */
final class EverybodyPlayed {
  private static final int MOST = 10;

  private final SongsByHour songsByHour;
  private Map<Hour, Instant> readFrom = Map.of();
  private Optional<Snapshot.Played> found = Optional.empty();

  EverybodyPlayed(SongsByHour songsByHour) {
    this.songsByHour = songsByHour;
  }

  /** Read again if a report of the day has come to its end since; empty without any. */
  Optional<Snapshot.Played> read(NavigableMap<Hour, Hours.State> hours) {
    Optional<Hour> last = Hours.lastPublished(hours);
    if (last.isEmpty()) {
      return Optional.empty();
    }
    LocalDate day = last.get().day();
    Map<Hour, Instant> published = new TreeMap<>();
    hours.forEach(
        (hour, state) -> {
          if (hour.day().equals(day) && state.run().filter(Run::complete).isPresent()) {
            published.put(hour, state.run().get().finishedAt());
          }
        });
    if (!published.equals(readFrom)) {
      found = Optional.of(read(last.get(), published.keySet().stream().toList()));
      readFrom = published;
    }
    return found;
  }

  private Snapshot.Played read(Hour last, List<Hour> hours) {
    Map<String, Plays> ofDay = new HashMap<>();
    TopSongs ofHour = new TopSongs(MOST);
    for (Hour hour : hours) {
      songsByHour
          .forEach(
              hour,
              (song, plays) -> {
                ofDay.merge(song, plays, Plays::plus);
                if (hour.equals(last)) {
                  ofHour.add(song, plays);
                }
              })
          .toCompletableFuture()
          .join();
    }
    TopSongs top = new TopSongs(MOST);
    ofDay.forEach(top::add);
    return new Snapshot.Played(last, hours.size(), ofHour.songs(), top.songs());
  }
}
