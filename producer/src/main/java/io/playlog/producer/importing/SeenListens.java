package io.playlog.producer.importing;

import io.playlog.listen.Listen;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The listens of this run, by what tells them apart in the tables: the song's name and the
 * millisecond. They are kept as they are, no hashes of them, so that no listen is ever taken for
 * another; some 100 bytes each, and each name once.
 */
final class SeenListens {
  /**
   * One play, told by two exports, has two times: one has whole minutes or seconds only, another
   * does not know of pauses.
   */
  private static final long ALIKE_MS = 60_000;

  /** The source of a listen whose message did not say it, as Playlog's export may have them. */
  private static final String UNKNOWN = "unknown";

  private static final Comparator<Key> BY_SONG_AND_TIME =
      Comparator.comparing(Key::song).thenComparingLong(Key::time);

  private final Map<Key, String> sources = new HashMap<>();

  /** Names of songs and sources, each once. */
  private final Map<String, String> texts = new HashMap<>();

  private record Key(long time, String song) {}

  /**
   * Listens of one song by two sources, within a minute.
   *
   * @param first milliseconds since the epoch, as is {@code second}
   */
  record Alike(String song, long first, String firstSource, long second, String secondSource) {}

  /** Returns false if it was there. */
  boolean add(Listen listen) {
    String song = once(listen.song());
    Key key = new Key(listen.eventTimestamp(), song);
    String source = Objects.requireNonNullElse(listen.details().source(), UNKNOWN);
    return sources.putIfAbsent(key, once(source)) == null;
  }

  private String once(String text) {
    return texts.computeIfAbsent(text, same -> same);
  }

  /** Shows the listens that may be one: no key can tell, and nobody should guess. */
  void forEachAlike(Consumer<Alike> consumer) {
    if (new HashSet<>(sources.values()).size() < 2) {
      return;
    }
    List<Key> keys = sources.keySet().stream().sorted(BY_SONG_AND_TIME).toList();
    for (int i = 1; i < keys.size(); i++) {
      Key first = keys.get(i - 1);
      Key second = keys.get(i);
      String firstSource = sources.get(first);
      String secondSource = sources.get(second);
      if (first.song().equals(second.song())
          && second.time() - first.time() <= ALIKE_MS
          && !firstSource.equals(secondSource)) {
        consumer.accept(
            new Alike(first.song(), first.time(), firstSource, second.time(), secondSource));
      }
    }
  }
}
