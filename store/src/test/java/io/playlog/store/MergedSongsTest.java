package io.playlog.store;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.playlog.store.SongsByHour.Plays;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MergedSongsTest {
  private int read;

  private static Iterator<Entry<String, Plays>> hour(String... songs) {
    return Stream.of(songs).map(song -> entry(song, new Plays(2, 1, null))).iterator();
  }

  @Test
  void aSongOfSeveralHoursIsThereOnce() {
    List<Entry<String, Plays>> found = new ArrayList<>();
    new MergedSongs(
            List.of(hour("B", "C", "\uff21", "🎵"), hour(), hour("A", "C", "🎵"), hour("C")))
        .forEach((song, plays) -> found.add(entry(song, plays)));

    assertThat(found)
        .extracting(Entry::getKey, each -> each.getValue().plays())
        .containsExactly(
            tuple("A", 2L), tuple("B", 2L), tuple("C", 6L), tuple("\uff21", 2L), tuple("🎵", 4L));
  }

  /** A day may have millions of songs, and the page has little memory. */
  @Test
  void nothingIsReadAhead() {
    int hours = 24;
    int songsOfAnHour = 10_000;
    Map<String, Long> sums = new TreeMap<>();
    new MergedSongs(
            IntStream.range(0, hours).mapToObj(hour -> counted(hour, songsOfAnHour)).toList())
        .forEach(
            (song, plays) -> {
              sums.merge("plays", plays.plays(), Long::sum);
              assertThat(read - sums.get("plays")).isLessThanOrEqualTo(hours);
            });

    assertThat(sums).containsEntry("plays", (long) hours * songsOfAnHour);
  }

  /** Half of its songs are of this hour only. */
  private Iterator<Entry<String, Plays>> counted(int hour, int songs) {
    return IntStream.range(0, songs)
        .mapToObj(number -> "%06d %d".formatted(number, number % 2 * hour))
        .peek(song -> read++)
        .map(song -> entry(song, new Plays(1, 1, null)))
        .iterator();
  }
}
