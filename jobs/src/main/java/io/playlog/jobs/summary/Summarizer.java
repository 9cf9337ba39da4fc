package io.playlog.jobs.summary;

import io.playlog.store.CodePoints;
import io.playlog.store.SongsByHour.Plays;
import io.playlog.store.StoredListen;
import io.playlog.store.Summaries.Summary;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;

/**
 * Sums up the listens of one listener in one hour, added in clustering order, so that the same rows
 * give the same doubles.
 */
final class Summarizer {
  private final Map<String, SongCount> songs = new HashMap<>();
  private final Map<String, Integer> artists = new HashMap<>();
  private int listened;
  private int matched;
  private long milliseconds;
  private double danceability;
  private double energy;
  private double valence;
  private double tempo;

  void add(StoredListen listen) {
    listened++;
    SongCount song = songs.computeIfAbsent(listen.songName(), name -> new SongCount());
    song.plays++;
    milliseconds += listen.listenedMs();
    if (listen.artists() != null) {
      artists.merge(listen.artists(), 1, Integer::sum);
      song.artists = CodePoints.first(song.artists, listen.artists());
    }
    StoredListen.Features features = listen.features();
    if (features == null) {
      return;
    }
    matched++;
    danceability += features.danceability();
    energy += features.energy();
    valence += features.valence();
    tempo += features.tempo();
  }

  boolean isEmpty() {
    return listened == 0;
  }

  /** How many were added. */
  int listened() {
    return listened;
  }

  Summary summary() {
    return new Summary(
        listened,
        matched,
        songs.size(),
        milliseconds,
        average(danceability),
        average(energy),
        average(valence),
        average(tempo),
        top(songs, song -> song.plays),
        top(artists, count -> count));
  }

  private Double average(double sum) {
    return matched == 0 ? null : sum / matched;
  }

  /**
   * @param song called with each song's name and how this listener played it
   */
  void forEachSong(BiConsumer<String, Plays> song) {
    songs.forEach((name, count) -> song.accept(name, new Plays(count.plays, 1, count.artists)));
  }

  /** The name with the largest count; of several the lowest. */
  private static <C> String top(Map<String, C> counts, ToIntFunction<C> count) {
    return counts.entrySet().stream()
        .max(
            Comparator.comparingInt(
                    (Map.Entry<String, C> each) -> count.applyAsInt(each.getValue()))
                .thenComparing(Map.Entry.comparingByKey(CodePoints.ORDER.reversed())))
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  /** What a listener's listens say of a song. */
  private static final class SongCount {
    private int plays;
    private String artists;
  }
}
