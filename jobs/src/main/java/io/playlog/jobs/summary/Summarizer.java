package io.playlog.jobs.summary;

import io.playlog.jobs.store.StoredListen;
import io.playlog.jobs.store.Summaries.Summary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * Sums up the listens of one listener in one hour, added in clustering order, so that the same rows
 * give the same doubles.
 */
final class Summarizer {
  /** By Unicode code point, which is the order of UTF-8's bytes and not that of Java's chars. */
  private static final Comparator<String> BY_CODE_POINT =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private static final Comparator<Map.Entry<String, Integer>> MOST_THEN_LOWEST =
      Map.Entry.<String, Integer>comparingByValue()
          .thenComparing(Map.Entry.comparingByKey(BY_CODE_POINT.reversed()));

  private final Map<String, Integer> songs = new HashMap<>();
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
    songs.merge(listen.songName(), 1, Integer::sum);
    StoredListen.Features features = listen.features();
    if (features == null) {
      return;
    }
    matched++;
    milliseconds += features.durationMs();
    danceability += features.danceability();
    energy += features.energy();
    valence += features.valence();
    tempo += features.tempo();
    if (features.artists() != null && !features.artists().isEmpty()) {
      artists.merge(features.artists(), 1, Integer::sum);
    }
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
        top(songs),
        top(artists));
  }

  private Double average(double sum) {
    return matched == 0 ? null : sum / matched;
  }

  private static String top(Map<String, Integer> counts) {
    return counts.entrySet().stream().max(MOST_THEN_LOWEST).map(Map.Entry::getKey).orElse(null);
  }
}
