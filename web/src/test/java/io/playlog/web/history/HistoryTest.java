package io.playlog.web.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.playlog.store.StoredListen;
import io.playlog.store.StoredListen.Features;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static DateRange range(String from, String to, ZoneId zone) {
    return new DateRange(LocalDate.parse(from), LocalDate.parse(to), zone);
  }

  private static StoredListen listen(String time, String song) {
    return new StoredListen(Instant.parse(time), song, null, null, null);
  }

  private static StoredListen listen(
      String time, String song, String artists, int milliseconds, double value) {
    Features features = new Features(milliseconds, value, value, value, 100 * value);
    return new StoredListen(Instant.parse(time), song, artists, null, features);
  }

  @Test
  void countsWhatTheCatalogueKnowsAndWhatItDoesNot() {
    History history = new History(range("2026-11-01", "2026-11-02", ZoneId.of("UTC")));
    history.add(listen("2026-11-01T10:00:00Z", "b", "Y", 60_000, 0.25), "Album");
    history.add(listen("2026-11-01T10:05:00Z", "a"), null);
    history.add(listen("2026-11-02T10:00:00Z", "a"), null);
    history.add(listen("2026-11-02T11:00:00Z", "b", "X", 60_000, 0.75), "Album");

    assertThat(history.listens()).isEqualTo(4);
    assertThat(history.matched()).isEqualTo(2);
    assertThat(history.milliseconds()).isEqualTo(120_000);
    assertThat(history.distinctSongs()).isEqualTo(2);
    assertThat(history.topSongs(10))
        .containsExactly(new Counted("a", null, 2), new Counted("b", "X", 2));
    assertThat(history.topSongs(1)).containsExactly(new Counted("a", null, 2));
    assertThat(history.topArtists(10))
        .containsExactly(new Counted("X", null, 1), new Counted("Y", null, 1));
    assertThat(history.topAlbums(10)).containsExactly(new Counted("Album", "X", 2));
    assertThat(history.mood())
        .containsExactly(new Mood(LocalDate.parse("2026-11-01"), 2, 0.5, 0.5, 0.5, 50));
    assertThat(history.moods()).hasSize(2);
    assertThat(history.days())
        .isEqualTo(Map.of(LocalDate.parse("2026-11-01"), 2, LocalDate.parse("2026-11-02"), 2));
  }

  @Test
  void whatOnlyTheMessageSaysCounts() {
    History history = new History(range("2026-11-01", "2026-11-01", ZoneId.of("UTC")));
    Instant time = Instant.parse("2026-11-01T10:00:00Z");
    Features features = new Features(60_000, 0.5, 0.5, 0.5, 50);
    history.add(new StoredListen(time, "a", "Y", 20_000, null), "Album");
    history.add(new StoredListen(time, "b", "Y", null, null), "Album");
    history.add(new StoredListen(time, "c", "X", 1_000, features), "Other");
    history.add(new StoredListen(time, "d", "X", null, features), null);
    history.add(new StoredListen(time, "e", "Y", 0, features), null);

    assertThat(history.milliseconds()).isEqualTo(81_000);
    assertThat(history.matched()).isEqualTo(3);
    assertThat(history.mood()).extracting(Mood::matched).containsExactly(3);
    assertThat(history.topArtists(10))
        .containsExactly(new Counted("Y", null, 3), new Counted("X", null, 2));
    assertThat(history.topAlbums(10))
        .containsExactly(new Counted("Album", "Y", 2), new Counted("Other", "X", 1));
    assertThat(history.topSongs(1)).containsExactly(new Counted("a", "Y", 1));
  }

  /** The clock went back at 03:00: between 00:30 and 01:30 UTC it was twice half past two. */
  @Test
  void anHourThatComesTwiceCountsTwice() {
    DateRange day = range("2026-10-25", "2026-10-25", BERLIN);
    History history = new History(day);
    history.add(listen("2026-10-25T00:30:00Z", "a"), null);
    history.add(listen("2026-10-25T01:30:00Z", "a"), null);

    assertThat(history.at(DayOfWeek.SUNDAY, 2)).isEqualTo(2);
    assertThat(day.start()).isEqualTo("2026-10-24T22:00:00Z");
    assertThat(day.end()).isEqualTo("2026-10-25T23:00:00Z");
  }

  /** Days begin at half past an hour of UTC. */
  @Test
  void aZoneOfHalfAnHour() {
    DateRange day = range("2026-11-01", "2026-11-01", ZoneId.of("Asia/Kolkata"));
    assertThat(day.start()).isEqualTo("2026-10-31T18:30:00Z");
    assertThat(day.end()).isEqualTo("2026-11-01T18:30:00Z");
    History history = new History(day);
    history.add(listen("2026-10-31T18:30:00Z", "a"), null);
    assertThat(history.at(DayOfWeek.SUNDAY, 0)).isEqualTo(1);
  }

  @Test
  void moodsAreByDayWeekOrMonth() {
    ZoneId utc = ZoneId.of("UTC");
    assertThat(new History(range("2026-11-01", "2026-11-30", utc)).moodUnit()).isEqualTo("day");
    assertThat(new History(range("2026-01-01", "2026-12-31", utc)).moodUnit()).isEqualTo("week");
    assertThat(new History(range("2024-01-01", "2026-12-31", utc)).moodUnit()).isEqualTo("month");
    History year = new History(range("2026-01-01", "2026-12-31", utc));
    year.add(listen("2026-11-01T10:00:00Z", "a", "X", 1, 0.5), null);
    assertThat(year.moods().get(0).from()).isEqualTo("2026-10-26");
  }
}
